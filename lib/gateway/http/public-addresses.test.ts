import type { LookupAddress } from 'node:dns';
import { describe, expect, it, vi } from 'vitest';
import type { CustomProvider } from '../ports';
import { Breakers } from '../routing/breaker';
import { closeAfterTest } from '../test-messages';
import { credential, KEY, send, startGateway, startProvider } from '../testing';
import { AddressRefused, isPublicAddress, type Lookup, publicAddresses } from './public-addresses';

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    // Clouds keep their metadata services here.
    ...['169.254.169.254', '100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254'],
    ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255', '192.0.2.1'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001:0:1::',
    ],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a00:1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '::127.0.0.1'],
    ...['localhost', '', '1.2.3', '2130706433'],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    ...['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '160.79.104.10', '192.0.1.1'],
    ...['2606:4700::6810:84e5', '2a00:1450:4001::1', '::ffff:8.8.8.8', '64:ff9b::808:808'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

const answers =
  (...addresses: string[]): Lookup =>
  (_, __, callback) =>
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('a name', () => {
  it('keeps its public addresses alone, and is refused without any', async () => {
    expect(await publicAddresses('x.test', answers('10.0.0.1', '8.8.8.8', '::1'))).toEqual([
      { address: '8.8.8.8', family: 4 },
    ]);
    await expect(publicAddresses('x.test', answers('10.0.0.1'))).rejects.toBeInstanceOf(AddressRefused);
    await expect(publicAddresses('[::1]', answers('8.8.8.8'))).rejects.toBeInstanceOf(AddressRefused);
    expect(await publicAddresses('[2606:4700::1]', answers('10.0.0.1'))).toEqual([
      { address: '2606:4700::1', family: 6 },
    ]);
  });

  it('that does not exist fails as DNS says', async () => {
    const missing: Lookup = (_, __, callback) => callback(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), []);
    await expect(publicAddresses('x.test', missing)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('a call', () => {
  async function setUp(baseUrl: (port: string) => string, lookup?: Lookup, allowPrivate = false) {
    const provider = await startProvider(({ body }, response) => {
      const headers = { 'content-type': 'application/json', location: '/inside' };
      response.writeHead(body.includes('moved') ? 302 : 200, headers).end('{"choices":[]}');
    });
    const row: CustomProvider = {
      slug: 'theirs',
      name: 'Theirs',
      baseUrl: baseUrl(new URL(provider.url).port),
      models: [],
      pricedAs: null,
    };
    const gateway = await startGateway(
      provider.url,
      { customProviders: async () => [row], integrationCredentials: async () => [credential({ provider: 'theirs' })] },
      undefined,
      { allowPrivate, ...(lookup && { lookup }) },
    );
    closeAfterTest(gateway.close);
    closeAfterTest(provider.close);
    const call = (model: string) =>
      send(`${gateway.url}/api/chat/completions`, {
        headers: { authorization: `Bearer ${KEY}` },
        body: JSON.stringify({ model, messages: [] }),
      });
    return { provider, gateway, call };
  }

  it.each([
    ['an address', (port: string) => `http://127.0.0.1:${port}`],
    ['an address in IPv6', (port: string) => `http://[::ffff:127.0.0.1]:${port}`],
    ['an address as a number', (port: string) => `http://2130706433:${port}`],
    ['a name of the machine', (port: string) => `http://localhost:${port}`],
  ])('to %s of this machine is refused, and its cause stays here', async (_, baseUrl) => {
    const { provider, gateway, call } = await setUp(baseUrl);
    const answer = await call('theirs/x');
    expect([answer.status, JSON.parse(answer.body.toString()).error]).toEqual([
      403,
      expect.objectContaining({
        code: 'address_refused',
        message: "The provider's base URL leads to a private address, and this installation calls public ones only.",
      }),
    ]);
    expect(provider.received).toHaveLength(0);
    expect(gateway.records[0]).toMatchObject({ status: 'error', statusCode: 403, provider: 'theirs' });
  });

  it('is judged by the address that is connected to, each time anew', async () => {
    const asked: string[] = [];
    // A name that was public when it was saved, and leads inside when it is called.
    const rebinding: Lookup = (name, options, callback) => {
      asked.push(name);
      answers('127.0.0.1')(name, options, callback);
    };
    const { provider, call } = await setUp((port) => `http://rebind.test:${port}`, rebinding);
    const failed = vi.spyOn(Breakers.prototype, 'failed');
    for (let count = 0; count < 2; count++) expect((await call('theirs/x')).status).toBe(403);
    expect([asked, provider.received.length]).toEqual([['rebind.test', 'rebind.test'], 0]);
    // Its key is of no use to anybody as it is, and is shown so.
    expect(failed).toHaveBeenCalledTimes(2);
    failed.mockRestore();
  });

  it('reaches private addresses where the installation allows them, and follows no redirect', async () => {
    const { provider, call } = await setUp((port) => `http://127.0.0.1:${port}/v1`, undefined, true);
    expect((await call('theirs/x')).status).toBe(200);
    expect((await call('theirs/moved')).status).toBe(302);
    expect(provider.received.map(({ url }) => url)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });
});
