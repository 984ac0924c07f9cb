/** The cookies of one client on one server: what a browser keeps, without paths and dates. */
export interface CookieJar {
  /** For the `cookie` header. */
  header(): { cookie: string }
  names(): string[]
  keep(response: Response): void
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    header: () => ({ cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
    names: () => [...cookies.keys()].sort(),
    keep(response) {
      for (const text of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
        if (value === '' || /; *(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(text)) cookies.delete(name)
        else cookies.set(name, value)
      }
    },
  }
}
