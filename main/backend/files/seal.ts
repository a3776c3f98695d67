import { createHash } from "node:crypto";

/** SHA-256 over the values of a row, kept with it; also a function of the database, `seal`. */
export function sealOf(...values: unknown[]): string {
	return createHash("sha256")
		.update(
			JSON.stringify(
				values.map((value) =>
					Buffer.isBuffer(value) ? value.toString("hex") : value,
				),
			),
		)
		.digest("hex");
}
