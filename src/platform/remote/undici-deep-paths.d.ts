// undici types its public entry only; these are the few files of it that are loaded by themselves.

declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici';
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
  export { Dispatcher as default } from 'undici';
}

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  export { ProxyAgent as default } from 'undici';
}

declare module 'undici/lib/dispatcher/socks5-proxy-agent.js' {
  export { Socks5ProxyAgent as default } from 'undici';
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}

declare module 'undici/lib/api/api-connect.js' {
  import type { Dispatcher } from 'undici';

  const connect: Dispatcher['connect'];
  export default connect;
}

declare module 'undici/lib/llhttp/llhttp_simd-wasm.js' {
  const bytes: ArrayBuffer | Uint8Array;
  export default bytes;
}

/** Of the language's own library; types have it with the DOM's only. */
declare var WebAssembly: { compile(bytes: ArrayBuffer | Uint8Array): Promise<unknown> };
