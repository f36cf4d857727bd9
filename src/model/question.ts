/** A prompt; the catalogues have its text. */
export type Question =
  | { readonly kind: 'token' }
  | { readonly kind: 'loginMethod' }
  | { readonly kind: 'user' }
  | { readonly kind: 'accessKey' }
  | { readonly kind: 'secretKey' }
  | { readonly kind: 'orgId' }
  | { readonly kind: 'password' }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'deleteSession'; readonly name: string }
  | { readonly kind: 'writeReport'; readonly file: string }
  | { readonly kind: 'copyPassword'; readonly viewer: string };
