declare const brand: unique symbol;

/** A nominal type: only its parser creates values of it. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
