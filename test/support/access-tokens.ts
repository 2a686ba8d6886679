/** As a server writes a token; nobody who checks signatures takes it. */
export const accessToken = (
  claims: unknown,
  header: unknown = {alg: 'HS256', typ: 'JWT'},
): string => {
  const part = (data: unknown): string => {
    const bytes = new TextEncoder().encode(JSON.stringify(data));
    return btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '');
  };
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
};

/** Seconds since 1970, as tokens have them. */
export const seconds = (ms: number): number => ms / 1000;
