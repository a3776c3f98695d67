import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asXml, DEATHS, PACKAGE_XML, value } from "../fixtures/dhis2.ts";
import {
	dailyFiles,
	jawaTimurFile,
	nationFile,
	provincesFile,
	writeMadeFile,
} from "../fixtures/spring-2020.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "blc-audited-"));
let said = "";
let code: number | undefined;

/** What is said of a file, or of all together. */
const of = (name: string): string =>
	said
		.trim()
		.split("\n\n")
		.find((part) => part.split("\n")[0]?.endsWith(name)) ?? "";

beforeAll(async () => {
	for (const file of [
		jawaTimurFile(),
		provincesFile("2020-06-08"),
		provincesFile("2020-06-14"),
		nationFile("2020-06-08"),
		...dailyFiles(),
	])
		writeMadeFile(folder, file);
	writeFileSync(path.join(folder, "bundle.json"), '{"resourceType":"Bundle"}');
	writeFileSync(
		path.join(folder, "lab.json"),
		JSON.stringify({
			resourceType: "Bundle",
			entry: [
				{ resource: { resourceType: "Patient", name: "Siti Rahasia" } },
				{ resource: { resourceType: "Siti Rahasia" } },
			],
		}),
	);
	writeFileSync(path.join(folder, "paket.xml"), PACKAGE_XML);
	writeFileSync(
		path.join(folder, "nilai.xml"),
		asXml([value(DEATHS, "20200402", "3")]),
	);
	writeFileSync(
		path.join(folder, "kode.csv"),
		'kode,nama\n11,"ACEH"\n35.07,"KAB. MALANG"\n35.99,"KAB. KHAYAL"\n',
	);
	writeFileSync(path.join(folder, "catatan.md"), "for people");
	({ said, code } = await new Promise<{ said: string; code?: number }>(
		(resolve) => {
			const child = execFile(
				process.execPath,
				["hub/cli.ts", "audit", folder],
				{ cwd: ROOT, env: { ...process.env, DATABASE_URL: "no database" } },
				(_, stdout) =>
					resolve({ said: stdout, code: child.exitCode ?? undefined }),
			);
		},
	));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("an audit of a folder says of each file its format, its reach, and what was marked in it, in a hub of its own", () => {
	const jatim = of("covid-jatim.csv");
	expect(jatim).toMatch(/jatim-kabkota: 911 lines: 910 rows taken in/);
	expect(jatim).toMatch(
		/level regency, 38 of 514; 24 days, 2020-03-20 to 2020-04-12/,
	);
	expect(jatim).toMatch(
		/fall of a cumulative count: confirmed, 2 times, most in 35\.04 .* on 2020-04-06 \(6 -> 5\)/,
	);
	expect(of("BENGKULU.csv")).toMatch(
		/zero after a count: confirmed, 1 time, .*\(536 -> 0\); not used/,
	);
	expect(of("prov_as-of_2020-06-14.csv")).toMatch(
		/past changed against an earlier file: confirmed, /,
	);
});

it("an audit says who was silent, where a nation is not its provinces and where sources differ", () => {
	const all = of("All files together");
	expect(all).toMatch(
		/silent on 2020-03-24: 35\.14 Kabupaten Pasuruan \(confirmed/,
	);
	expect(all).toMatch(
		/silent on 2020-04-04: 35\.24 Kabupaten Lamongan \(confirmed/,
	);
	expect(all).toMatch(/sources differ: confirmed of level province/);
});

it("an audit says of lists and of files of other systems what they are, and repeats nobody's name", () => {
	expect(of("kode.csv")).toMatch(
		/a list of Kemendagri codes and names: 3 codes, 2 of them known here/,
	);
	expect(of("kode.csv")).toMatch(/not known here: line 4: 35\.99 KAB\. KHAYAL/);
	expect(of("lab.json")).toMatch(
		/a FHIR bundle \(1 Patient, 1 other\); not taken in/,
	);
	expect(of("paket.xml")).toMatch(
		/metadata of DHIS2: 3 organisation units, 4 data elements/,
	);
	expect(of("nilai.xml")).toMatch(
		/dhis2: 1 lines: 0 rows taken in, 1 in quarantine.*\n.*no-table/,
	);
	expect(said).not.toMatch(/rahasia/i);
});

it("an audit names the file that nothing reads, passes over texts for people, and ends as incomplete", () => {
	expect(of("bundle.json")).toMatch(/of no format that is read here/);
	expect(said).not.toContain("catatan.md");
	expect(code).toBe(1);
});
