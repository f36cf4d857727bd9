declare const brand: unique symbol;

/** A value that passed its parser; the only way to make one is that parser. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
