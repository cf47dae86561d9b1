type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out members that are undefined, as `exactOptionalPropertyTypes` wants of optional ones. */
export function present<T extends Readonly<Record<string, unknown>>>(members: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Present<T>>;
}
