import { BlockList, isIP } from 'node:net';

const FOR_NOBODY = {
  ipv4: blockList('ipv4', [
    ['0.0.0.0', 8],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['224.0.0.0', 3],
  ]),
  // Unspecified, loopback, IPv4 in old and new embeddings, link-local, multicast.
  ipv6: blockList('ipv6', [
    ['::', 32],
    ['64:ff9b::', 32],
    ['2002::', 16],
    ['fe80::', 9],
    ['ff00::', 8],
  ]),
};

/** Whether an IP literal cannot be a desktop, but may be a service of the login node itself or of its cloud. */
export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return FOR_NOBODY[family].check(address, family);
}

function blockList(
  family: 'ipv4' | 'ipv6',
  subnets: readonly (readonly [network: string, bits: number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, bits] of subnets) list.addSubnet(network, bits, family);
  return list;
}
