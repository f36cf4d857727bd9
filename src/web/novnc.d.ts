/**
 * The part of noVNC 1.7 that the page uses; the package has no types.
 *
 * @see https://github.com/novnc/noVNC/blob/v1.7.0/docs/API.md
 */
declare module '@novnc/novnc' {
  export interface Credentials {
    readonly password?: string;
  }

  interface RfbEvents {
    connect: CustomEvent<Record<never, never>>;
    credentialsrequired: CustomEvent<{
      readonly types: readonly ('username' | 'password' | 'target')[];
    }>;
    /** `reason` is the server's text: untrusted, in any language. */
    securityfailure: CustomEvent<{ readonly status: number; readonly reason?: string }>;
    serververification: CustomEvent<{ readonly type: string }>;
    clipboard: CustomEvent<{ readonly text: string }>;
  }

  export default class RFB extends EventTarget {
    /** @param channel - Connecting or open; closed by RFB. */
    constructor(
      target: HTMLElement,
      channel: WebSocket,
      options?: { readonly shared?: boolean; readonly credentials?: Credentials },
    );
    viewOnly: boolean;
    clipViewport: boolean;
    dragViewport: boolean;
    scaleViewport: boolean;
    resizeSession: boolean;
    background: string;
    /** 0…9, of JPEG. */
    qualityLevel: number;
    /** 0…9 */
    compressionLevel: number;
    disconnect(): void;
    sendCredentials(credentials: Credentials): void;
    /** @param keysym - X11 keysym (RFC 6143 §7.5.4). @param code - `KeyboardEvent.code`. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    sendCtrlAltDel(): void;
    focus(options?: FocusOptions): void;
    blur(): void;
    clipboardPasteFrom(text: string): void;
    toBlob(callback: (blob: Blob | null) => void, type?: string, quality?: number): void;
    addEventListener<Type extends keyof RfbEvents>(
      type: Type,
      listener: (event: RfbEvents[Type]) => void,
    ): void;
  }
}
