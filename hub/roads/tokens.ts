import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type pg from "pg";
import { type PushedRoad, pushedRoads } from "../store/roads.ts";

/** What a road may be called. */
export const ROAD_NAME = /^[a-z0-9][a-z0-9-]{1,59}$/;

/** A token says whose it is: `NAME.SECRET`, 256 random bits. */
const TOKEN = /^Bearer ([a-z0-9][a-z0-9-]{1,59})\.([\w-]{43})$/;

export function newToken(name: string): { token: string; digest: Buffer } {
	const token = `${name}.${randomBytes(32).toString("base64url")}`;
	return { token, digest: digestOf(token) };
}

/** Says whose road a token is that a request carries; null: it carries none that is valid. */
export type RoadOfToken = (
	authorization: string | undefined,
) => Promise<PushedRoad | null>;

/** Requests that come together are looked up together, each in what the database holds then: nothing is kept of a token that may be changed. */
export function tokenReader(pool: pg.Pool): RoadOfToken {
	let together:
		| { names: Set<string>; found: Promise<Map<string, PushedRoad>> }
		| undefined;
	const lookUp = async (names: ReadonlySet<string>) => {
		await turn();
		together = undefined;
		const roads = await pushedRoads(pool, [...names]);
		return new Map(roads.map((road) => [road.name, road]));
	};
	return async (authorization) => {
		const read = TOKEN.exec(authorization ?? "");
		if (!read) return null;
		const [, name, secret] = read;
		if (!together) {
			const names = new Set<string>();
			together = { names, found: lookUp(names) };
		}
		together.names.add(name);
		const found = (await together.found).get(name);
		const given = digestOf(`${name}.${secret}`);
		// Of a name that nobody has as much is compared as of any other.
		const isOwn = timingSafeEqual(given, found?.token ?? NOBODY);
		return found && isOwn ? found : null;
	};
}

const NOBODY = randomBytes(32);

function digestOf(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
