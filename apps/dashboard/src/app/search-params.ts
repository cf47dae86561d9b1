/** A search parameter that is text, as an object to spread: absent when it is empty, so that addresses stay short. */
export function textParam<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): { readonly [N in Name]?: string } {
  const value = search[name];
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return (text === '' ? {} : { [name]: text }) as { readonly [N in Name]?: string };
}

/** As `textParam`, for one of a few words. */
export function choiceParam<Name extends string, Choice extends string>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
  choices: readonly Choice[],
): { readonly [N in Name]?: Choice } {
  const value = choices.find((choice) => choice === search[name]);
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Choice };
}
