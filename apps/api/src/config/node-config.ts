import { z } from 'zod';

const port = z.int().min(0).max(65_535);
const endpoint = z.strictObject({ host: z.string().min(1), port });

const requestsPerMinute = z.int().min(1).max(100_000_000).optional();
/** How people and systems are let in (docs/reference/access.md#configuration). */
const accessMembers = z.strictObject({
  /** Of the pages, as browsers see it. Passkeys need https, or the host localhost. */
  origin: z
    .url({ protocol: /^https?$/ })
    .refine((text) => new URL(text).origin === text, 'scheme, host and port only, without a slash at the end')
    .refine((text) => text.startsWith('https:') || new URL(text).hostname === 'localhost', 'https, or http://localhost')
    .optional(),
  /** WebAuthn relying party: the origin's host, or a domain above it. */
  rpId: z.string().min(1).max(253).optional(),
  /** Whether service accounts with the scope `governance` may vote and handle keys, without anybody's passkey. */
  servicesMayGovern: z.boolean().optional(),
  /** Addresses or networks of proxies whose X-Forwarded-For is believed. */
  trustedProxies: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'an IP address, or a network such as 10.0.0.0/8'))
    .max(100)
    .optional(),
  limits: z
    .strictObject({
      perCaller: requestsPerMinute,
      perAddress: requestsPerMinute,
      signIn: requestsPerMinute,
      publicPage: requestsPerMinute,
    })
    .optional(),
});
const access = accessMembers.refine(
  ({ origin = 'http://localhost', rpId }) => rpId === undefined || `.${new URL(origin).hostname}`.endsWith(`.${rpId}`),
  { path: ['rpId'], message: 'the host of origin, or a domain above it' },
);

/**
 * The file that configures one organisation's node. Paths are relative to the file. Nothing in it is secret: the API key
 * stands as its hash, the private keys in encrypted keystore files, the passphrase in a file of its own or in the environment.
 */
export const nodeConfigSchema = z.strictObject({
  /** This organisation, as the genesis file or the ledger names it. */
  did: z.string().startsWith('did:').max(255),
  /** Path of the genesis file; its SHA-256 is the network id. */
  genesis: z.string().min(1),
  /** Directory of the chain store and the vote journal; made when absent. */
  dataDir: z.string().min(1),
  /** Where the HTTP API listens. */
  api: endpoint,
  /** Where other organisations' nodes connect to. */
  peer: endpoint,
  /** Where other nodes are; goes before the addresses that stand on the ledger. */
  peers: z
    .array(
      z.strictObject({
        did: z.string().startsWith('did:').max(255),
        host: z.string().min(1),
        port,
        /** Public key of the node, hexadecimal: trusted until this node's own ledger knows it, for a node that begins at genesis. */
        nodeKey: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .max(1_000),
  databaseUrl: z.string().min(1),
  /** Paths of the keystore files. Without `admin` this node signs no proposals and ballots. */
  keys: z.strictObject({ node: z.string().min(1), sign: z.string().min(1), admin: z.string().min(1).optional() }),
  passphraseFile: z.string().min(1).optional(),
  /** SHA-256 of the API key, hexadecimal. */
  apiKeySha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Whether GET requests are answered without the API key. */
  publicReads: z.boolean().default(false),
  access: access.optional(),
  /** What everybody sees of an item without a key (docs/reference/public-page.md#what-is-public). */
  publicPage: z
    .strictObject({
      /** Whether GS1 Digital Links are answered at all, default true. */
      enabled: z.boolean().optional(),
      /** Beside product, status and steps by role. */
      shows: z
        .array(z.enum(['organizations', 'places', 'quantities']))
        .max(3)
        .optional(),
    })
    .optional(),
  /** Path of GS1's list of company prefix lengths (JSON): where prefixes end that no organisation has registered. */
  gs1PrefixList: z.string().min(1).optional(),
  /** Subscriptions’ deliveries. */
  webhooks: z
    .strictObject({
      /** Also http: and addresses that are not on the public internet. */
      allowPrivateDestinations: z.boolean().optional(),
      /** A receiver that has not taken a delivery for so long is given up, default 72. */
      giveUpAfterHours: z.number().positive().max(8_760).optional(),
    })
    .optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type NodeConfig = Readonly<z.infer<typeof nodeConfigSchema>>;
