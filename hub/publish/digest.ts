import { createHash } from "node:crypto";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { digestLine } from "../../core/feed/digest.ts";
import type { Digest } from "../../core/feed/publication.ts";
import { FEED_TABLES } from "../../core/feed/table.ts";
import { copyOfTable, logHead } from "../store/publication.ts";
import { copyTextReader } from "./copy-text.ts";
import { reading } from "./reading.ts";

/** The digest of the dataset as it is committed now, of one moment for all tables. Reads every row. */
export function hubDigest(pool: pg.Pool): Promise<Digest> {
	return reading(pool, async (client) => {
		const { seq } = await logHead(client);
		const tables: Digest["tables"] = {};
		for (const table of FEED_TABLES) {
			const hash = createHash("sha256");
			let rows = 0;
			let lines = "";
			const read = copyTextReader(table, (values) => {
				lines += digestLine(values);
				rows++;
			});
			for await (const piece of client.query(copyTo(copyOfTable(table)))) {
				read(piece);
				hash.update(lines);
				lines = "";
			}
			tables[table.name] = { rows, sha256: hash.digest("hex") };
		}
		return { seq, tables };
	});
}
