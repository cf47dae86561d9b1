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
/** Where one status has several exceptions, the code decides. */
const EXCEPTION_OF_CODE: Readonly<Record<string, string>> = {
  API_BAD_PAGE_TOKEN: 'QueryParameterException',
  EPCIS_BAD_QUERY: 'QueryValidationException',
  EPCIS_QUERY_PARAMETER: 'QueryParameterException',
  EPCIS_QUERY_TOO_COMPLEX: 'QueryTooComplexException',
  EPCIS_QUERY_TOO_LARGE: 'QueryTooLargeException',
  EPCIS_SUBSCRIPTION_CONTROLS: 'SubscriptionControlsException',
  EPCIS_TOO_MANY_SUBSCRIPTIONS: 'SubscriptionControlsException',
  INDEX_BAD_CURSOR: 'QueryParameterException',
};

export function epcisExceptionOf(status: number, code: string): string {
  return `epcisException:${EXCEPTION_OF_CODE[code] ?? EXCEPTION_OF_STATUS[status] ?? 'ImplementationException'}`;
}
