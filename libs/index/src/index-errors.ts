/** `INDEX_GAP`: blocks between the index and these are missing. `INDEX_OTHER_CHAIN`: the database holds another chain's index. */
export type ProjectionErrorCode = 'INDEX_GAP' | 'INDEX_OTHER_CHAIN';

/** A batch of blocks that cannot follow what is indexed. Nothing of it was written. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';

  constructor(
    readonly code: ProjectionErrorCode,
    readonly data: { readonly indexedHeight: number; readonly height: number },
  ) {
    super(`${code} ${JSON.stringify(data)}`);
  }
}

/** `INDEX_BEHIND`: the index that is asked has not come as far as the page before; it does when it is asked again later. */
export type IndexQueryErrorCode = 'INDEX_BAD_CURSOR' | 'INDEX_BEHIND';

/** A question that cannot be answered as asked. */
export class IndexQueryError extends Error {
  override readonly name = 'IndexQueryError';

  constructor(
    readonly code: IndexQueryErrorCode,
    message: string,
  ) {
    super(message);
  }
}
