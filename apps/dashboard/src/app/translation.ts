/** The same keys as the English texts, each with a text: a key that is missing, or one too many, does not compile. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };
