import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const TLS = join(import.meta.dirname, "../fixtures/tls");
const AUTHORITIES = join(
	import.meta.dirname,
	"../../main/backend/sync/authorities.ts",
);

describe.skipIf(process.platform !== "linux")(
	"a hub whose certificate this system trusts is followed (its list is set for one process: needs Linux)",
	() => {
		const server = createServer(
			{
				cert: readFileSync(join(TLS, "hub.crt")),
				key: readFileSync(join(TLS, "hub.key")),
			},
			(_, response) => response.end("the hub"),
		);
		beforeAll(
			() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)),
		);
		afterAll(() => server.close());

		const asked = async (before: string): Promise<string> => {
			const { port } = server.address() as AddressInfo;
			const { stdout } = await promisify(execFile)(
				process.execPath,
				[
					"--input-type=module",
					"--eval",
					`import { trustSystemAuthorities } from ${JSON.stringify(AUTHORITIES)};
					${before};
					const answer = await fetch("https://localhost:${port}/").catch(({ cause }) => new Response(cause.code));
					console.log(await answer.text());`,
				],
				{ env: { ...process.env, SSL_CERT_FILE: join(TLS, "hub.crt") } },
			);
			return stdout.trim();
		};

		test("Node alone does not ask the system", async () => {
			expect(await asked("")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
		});
		test("the backend does", async () => {
			expect(await asked("trustSystemAuthorities(console.error)")).toBe(
				"the hub",
			);
		});
	},
);
