import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findReal } from '../../helpers/real-components.js';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  /** The value for `NODE_EXTRA_CA_CERTS`. */
  readonly authorityPath: string;
  /** For 127.0.0.1, signed by the authority. */
  readonly good: Certificate;
  readonly expired: Certificate;
  /** For another host. */
  readonly misnamed: Certificate;
  readonly selfSigned: Certificate;
}

/**
 * Creates a CA and certificates with openssl(1), in a folder that the caller removes.
 *
 * @param env - For openssl(1); libfaketime in it sets the start of the validity.
 */
export function makeCertificates(
  folder: string,
  days = 2,
  env: NodeJS.ProcessEnv = process.env,
): Certificates {
  const pathOf = (file: string) => join(folder, file);
  const read = (name: string): Certificate => ({
    cert: readFileSync(pathOf(`${name}.pem`), 'utf8'),
    key: readFileSync(pathOf(`${name}.key`), 'utf8'),
  });
  const openssl = (...words: string[]) =>
    execFileSync(findReal('openssl') ?? 'openssl', words, { cwd: folder, stdio: 'ignore', env });
  const lasting = ['-days', String(days)];
  const request = (name: string, subjectAltName: string, ...words: string[]) =>
    openssl(
      ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', `${name}.key`, '-subj', `/CN=${name}`],
      ...['-addext', `subjectAltName=${subjectAltName}`, ...words],
    );
  const sign = (name: string, subjectAltName: string, days: number) => {
    request(name, subjectAltName, '-out', `${name}.csr`);
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'authority.pem', '-CAkey', 'authority.key'],
      ...['-copy_extensions', 'copy', '-days', String(days), '-out', `${name}.pem`],
    );
    return read(name);
  };

  request('authority', 'DNS:authority.example', '-x509', ...lasting, '-out', 'authority.pem');
  request('selfSigned', 'IP:127.0.0.1', '-x509', ...lasting, '-out', 'selfSigned.pem');
  return {
    authorityPath: pathOf('authority.pem'),
    good: sign('good', 'IP:127.0.0.1', days),
    expired: sign('expired', 'IP:127.0.0.1', -1),
    misnamed: sign('misnamed', 'DNS:other.example', days),
    selfSigned: read('selfSigned'),
  };
}
