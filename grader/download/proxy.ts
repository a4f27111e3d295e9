import { GraderError } from '../errors.ts';

/** What is read of an answer, by Node's own fetch or by way of a proxy. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  readonly body: AsyncIterable<Uint8Array> | null;
}

interface Question {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

/** Asks by way of the proxy that the environment names, which Node's own fetch passes over before Node 24. */
export async function ask(url: string, question: Question): Promise<Answer> {
  const [httpProxy, httpsProxy] = [proxyIn('HTTP_PROXY'), proxyIn('HTTPS_PROXY')];
  if (httpProxy === undefined && httpsProxy === undefined) return fetch(url, question);
  const { EnvHttpProxyAgent, fetch: fetchBy } = await import('undici');
  const proxies = { ...(httpProxy && { httpProxy }), ...(httpsProxy && { httpsProxy }) };
  // Many proxies let nobody tunnel to port 80.
  const dispatcher = new EnvHttpProxyAgent({ ...proxies, proxyTunnel: false });
  try {
    return await fetchBy(url, { ...question, dispatcher });
  } finally {
    // Ends when the answer is read.
    void dispatcher.close();
  }
}

/** The help where an address cannot be reached; undefined where no proxy is named. */
export function proxyHelp(): string | undefined {
  if (!proxyIn('HTTP_PROXY') && !proxyIn('HTTPS_PROXY')) return undefined;
  return 'Downloads go by the proxy in HTTPS_PROXY or HTTP_PROXY (http://user:password@host:port), but for the hosts in NO_PROXY.';
}

/** As curl and pip read it: lower case first, and a host without a scheme is one for http. */
function proxyIn(name: string): string | undefined {
  const given = process.env[name.toLowerCase()] || process.env[name];
  if (!given) return undefined;
  const address = given.includes('://') ? given : `http://${given}`;
  if (URL.canParse(address)) return address;
  throw new GraderError({
    fault: 'usage',
    code: 'bad-environment',
    // It may hold a password.
    message: `Expected ${name} to be an address such as http://proxy.example:3128; it is none.`,
  });
}
