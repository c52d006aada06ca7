import { z } from 'zod';

/** Identity of a document, line, tender or session: a UUIDv7 made by the station. Never used as an order. */
export const Id = z.uuid();

/**
 * Identity of one intention of the person at the till. The same id with the same input is decided once;
 * the same id with other input is refused (`command_reused`).
 */
export const CommandId = z.uuid();

/** Calendar day of the branch, `YYYY-MM-DD`, fixed when a document is completed and never recomputed. */
export const BusinessDay = z.iso.date();

/** Instant on the wire, ISO 8601 in UTC. In the database it is epoch milliseconds. */
export const Instant = z.iso.datetime();

/** Three characters `[0-9A-Z]`, unique in the whole ERP: the first three characters of every sale number. */
export const StationCode = z.string().regex(/^[0-9A-Z]{3}$/);
