import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { buildConnector } from 'undici';

/**
 * Addresses that people may have this server call. What is private here (the machine itself, its network, the metadata
 * service of its cloud) must not be reachable by typing a base URL.
 */

const blocked = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Azure answers every machine here, credentials included.
  ['168.63.129.16', 32],
] as const)
  blocked.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  // Teredo, documentation and 6to4: tunnels to any IPv4 address, or nothing at all.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked.addSubnet(net, prefix, 'ipv6');

/** All of IPv6 that is routed on the internet. */
const routed = new BlockList();
routed.addSubnet('2000::', 3, 'ipv6');
/** An IPv4 address in IPv6's clothes: mapped, and translated by NAT64. */
const carriers = new BlockList();
carriers.addSubnet('::ffff:0:0', 96, 'ipv6');
carriers.addSubnet('64:ff9b::', 96, 'ipv6');

/** @param address an IP address, without brackets; anything else is not public */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  if (family !== 6) return false;
  const plain = address.split('%', 1)[0] ?? '';
  if (carriers.check(plain, 'ipv6')) return isPublicAddress(carriedIpv4(plain));
  return routed.check(plain, 'ipv6') && !blocked.check(plain, 'ipv6');
}

/** The last 32 bits, in dotted form. */
function carriedIpv4(address: string): string {
  // The URL parser writes every IPv6 address in hexadecimal groups, whatever form it came in.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The part of `dns.lookup` that is used, so that a test can answer for the world's name servers. */
export type Lookup = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The name leads to no address that this server may call. */
export class AddressRefused extends Error {
  readonly code = 'ERR_ADDRESS_REFUSED';
}

/** The public addresses of a host name or address. Rejects with AddressRefused where it has none, or as DNS does. */
export function publicAddresses(hostname: string, lookup: Lookup = systemLookup): Promise<LookupAddress[]> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal)) {
    if (!isPublicAddress(literal)) return Promise.reject(new AddressRefused());
    return Promise.resolve([{ address: literal, family: isIPv6(literal) ? 6 : 4 }]);
  }
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, found) => {
      if (error) return reject(error);
      const open = found.filter(({ address }) => isPublicAddress(address));
      if (open.length === 0) reject(new AddressRefused());
      else resolve(open);
    });
  });
}

/**
 * Connects to public addresses only. The address that was judged is the one that is connected to, so that a name can't lead
 * elsewhere the next moment.
 */
export function publicConnector(options: { timeout: number }, lookup?: Lookup): buildConnector.connector {
  const connect = buildConnector({
    ...options,
    lookup(hostname, asked, callback) {
      publicAddresses(hostname, lookup).then(
        (found) => {
          const [first] = found;
          if (asked.all || !first) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    },
  });
  return (target, callback) => {
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    // An address is connected to without being looked up.
    if (isIP(literal) && !isPublicAddress(literal)) return callback(new AddressRefused(), null);
    connect(target, callback);
  };
}
