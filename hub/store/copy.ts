import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

const CHUNK = 1 << 20;
/** Signature of COPY BINARY, no flags, no header extension. */
const HEADER = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/**
 * Rows on their way into a table, in PostgreSQL's binary COPY format: two to three times as fast as text, and without quoting.
 * The fields of a row are added in the order of `columns` after `row()`, each with the method of the column's type.
 */
export class CopyRows {
	rows = 0;
	private readonly target: string;
	private readonly fields: number;
	private chunks: Buffer[] = [HEADER];
	private chunk: Buffer = Buffer.allocUnsafe(CHUNK);
	private at = 0;

	constructor(table: string, columns: readonly string[]) {
		this.target = `${table} (${columns.map((name) => `"${name}"`).join(", ")})`;
		this.fields = columns.length;
	}

	row(): this {
		this.rows++;
		this.need(2);
		this.at = this.chunk.writeInt16BE(this.fields, this.at);
		return this;
	}

	integer(value: number | null): this {
		if (value === null) return this.empty();
		this.need(8);
		this.at = this.chunk.writeInt32BE(4, this.at);
		this.at = this.chunk.writeInt32BE(value, this.at);
		return this;
	}

	real(value: number | null): this {
		if (value === null) return this.empty();
		this.need(12);
		this.at = this.chunk.writeInt32BE(8, this.at);
		this.at = this.chunk.writeDoubleBE(value, this.at);
		return this;
	}

	bigint(value: number): this {
		this.need(12);
		this.at = this.chunk.writeInt32BE(8, this.at);
		this.at = this.chunk.writeBigInt64BE(BigInt(value), this.at);
		return this;
	}

	text(value: string | null): this {
		return value === null ? this.empty() : this.bytes(value, undefined);
	}

	/** JSON text of a jsonb column. */
	jsonb(value: string): this {
		return this.bytes(value, 1);
	}

	/** Sends the rows and forgets them. */
	async into(client: pg.PoolClient): Promise<void> {
		if (this.rows === 0) return;
		this.need(2);
		this.at = this.chunk.writeInt16BE(-1, this.at);
		this.chunks.push(this.chunk.subarray(0, this.at));
		const { chunks } = this;
		this.chunks = [HEADER];
		this.chunk = Buffer.allocUnsafe(CHUNK);
		this.at = 0;
		this.rows = 0;
		await pipeline(
			Readable.from(chunks),
			client.query(copyFrom(`COPY ${this.target} FROM STDIN BINARY`)),
		);
	}

	empty(): this {
		this.need(4);
		this.at = this.chunk.writeInt32BE(-1, this.at);
		return this;
	}

	private bytes(value: string, version: number | undefined): this {
		const size = Buffer.byteLength(value) + (version === undefined ? 0 : 1);
		this.need(4 + size);
		this.at = this.chunk.writeInt32BE(size, this.at);
		if (version !== undefined)
			this.at = this.chunk.writeUInt8(version, this.at);
		this.at += this.chunk.write(value, this.at);
		return this;
	}

	private need(bytes: number): void {
		if (this.at + bytes <= this.chunk.length) return;
		this.chunks.push(this.chunk.subarray(0, this.at));
		this.chunk = Buffer.allocUnsafe(Math.max(CHUNK, bytes));
		this.at = 0;
	}
}
