/** Texts of reaching a desktop that are not in its summaries. */
export const connect = {
  identity:
    'private key for the login node; the name of one from the console tells user, host and expiry',
  exampleIdentity: 'with a key from the console; add --via HOST:PORT where the port is not 22',
};
