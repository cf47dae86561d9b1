/** EPCIS 2.0 REST bindings: the problem `type` that belongs to each status. */
const EXCEPTION_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'SecurityException',
  403: 'SecurityException',
  404: 'NoSuchNameException',
  406: 'NotAcceptableException',
  409: 'ResourceAlreadyExistsException',
  413: 'CaptureLimitExceededException',
  414: 'URITooLongException',
  415: 'UnsupportedMediaTypeException',
  422: 'ValidationException',
};

export function epcisExceptionOf(status: number): string {
  return `epcisException:${EXCEPTION_OF_STATUS[status] ?? 'ImplementationException'}`;
}
