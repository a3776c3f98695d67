import type { Client } from "../../../core/feed/client.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";

/** Set by the build (electron.vite.config.ts). */
declare const BLC_VERSION: string | undefined;
declare const BLC_COMMIT: string | null | undefined;

/** This program, as it tells a hub; without a version when it runs as it is, from a checkout. */
export const THIS_CLIENT: Client = {
	version: typeof BLC_VERSION === "string" ? BLC_VERSION : null,
	schema: FEED_SCHEMA_VERSION,
};

/** Of the sources it was built from; null: not known. */
export const COMMIT: string | null =
	typeof BLC_COMMIT === "string" ? BLC_COMMIT : null;
