import {
	chmodSync,
	mkdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createNet } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchFile, isPrivateAddress } from "../../hub/roads/fetch-file.ts";
import {
	createTaker,
	LARGEST_FILE,
	type Taker,
} from "../../hub/roads/taker.ts";
import { createVisits, type Visits } from "../../hub/roads/visits.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { emptyStore } from "../../hub/store/reset.ts";
import { addRoad, endRoad, type Road, roads } from "../../hub/store/roads.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const csv = (code: string, count: number) =>
	`kode,tanggal,konfirmasi\n${code},2020-04-19,${count}\n`;

describe("files that the hub goes for", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("visited");
	const watched = path.join(folder.path, "masuk");
	let db: HubDatabase;
	let taker: Taker;
	let visits: Visits;
	let now = Date.UTC(2020, 3, 20, 5);
	const servers: { close(): void }[] = [];

	beforeAll(async () => {
		mkdirSync(watched);
		db = await openHubDatabase({ dataFolder: path.join(folder.path, "hub") });
		taker = createTaker(db, () => now);
		visits = createVisits(db, taker, () => now);
	});
	afterAll(async () => {
		await visits.close();
		await taker.close();
		await db.stop();
		for (const server of servers) server.close();
		folder.remove();
	});

	async function serving(listener: RequestListener): Promise<string> {
		const server = createServer(listener);
		servers.push(server);
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	async function open(
		name: string,
		kind: "pull" | "folder",
		address: string,
		every = 60,
	) {
		await addRoad(db.pool, {
			...{ name, kind, address, every, connector: "kabkota-csv" },
			...{ source: "dinkes", token: null, hosts: ["127.0.0.1"], at: now },
		});
	}

	const roadOf = async (name: string) =>
		(await roads(db.pool)).find((one) => one.name === name) as Road;

	async function confirmedIn(code: string): Promise<number[]> {
		const { rows } = await db.pool.query(
			"SELECT stated FROM report JOIN area ON area.id = report.area WHERE code = $1 ORDER BY file",
			[code],
		);
		return rows.map(({ stated }) => stated.confirmed);
	}

	/** @param seconds that pass before */
	async function look(seconds: number): Promise<void> {
		now += seconds * 1000;
		await visits.look();
	}

	it("are fetched in their time, and taken in once for each version", async () => {
		let count = 10;
		const asked: (string | undefined)[] = [];
		const url = await serving(({ headers }, answer) => {
			asked.push(headers["if-none-match"]);
			const etag = `"${count}"`;
			if (headers["if-none-match"] === etag) answer.writeHead(304).end();
			else answer.writeHead(200, { etag }).end(csv("32.73", count));
		});
		await open("portal", "pull", `${url}/data/laporan.csv`);
		await look(0);
		await look(30);
		expect(asked).toHaveLength(1);
		await look(31);
		count = 11;
		await look(61);
		expect(asked).toEqual([undefined, '"10"', '"10"']);
		expect(await confirmedIn("32.73")).toEqual([10, 11]);
		expect(await roadOf("portal")).toMatchObject({
			fault: null,
			failures: 0,
			etag: '"11"',
		});
		await endRoad(db.pool, "portal", now);
		await look(61);
		expect(asked).toHaveLength(3);
	});

	it("are the same once where the other end knows no versions", async () => {
		const url = await serving((_, answer) => answer.end(csv("32.04", 7)));
		await open("tanpa-etag", "pull", url);
		await look(0);
		await look(61);
		expect(await confirmedIn("32.04")).toEqual([7]);
		await endRoad(db.pool, "tanpa-etag", now);
	});

	it("are asked for after pauses that grow while the other end fails, which is said", async () => {
		let asked = 0;
		const url = await serving((_, answer) => {
			asked++;
			answer.writeHead(503).end();
		});
		await open("gagal", "pull", url, 5);
		await look(0);
		expect(await roadOf("gagal")).toMatchObject({
			failures: 1,
			heardAt: null,
			fault: { code: "answered", what: "503" },
		});
		await look(59);
		expect(asked).toBe(1);
		await look(2);
		expect(asked).toBe(2);
		await look(61);
		expect(asked).toBe(2);
		await look(60);
		expect(asked).toBe(3);
		await endRoad(db.pool, "gagal", now);
	});

	const at = (address: string, hosts: string[] = ["127.0.0.1"]) =>
		fetchFile(
			{ ...{ name: "x", address, hosts }, etag: null, modified: null },
			2000,
		);

	it("are not fetched from a private address or another host that the road does not name", async () => {
		const url = await serving(({ url: asked }, answer) => {
			const to = asked?.startsWith("/away")
				? "http://localhost:1/x"
				: asked?.startsWith("/meta")
					? "http://169.254.169.254/latest"
					: asked?.startsWith("/file")
						? "file:///etc/passwd"
						: "/laporan.csv";
			if (asked === "/laporan.csv") answer.end("x");
			else answer.writeHead(302, { location: to }).end();
		});
		const refused = { kind: "fault", fault: { code: "other-host" } };
		expect(await at(url, [])).toMatchObject(refused);
		expect(await at(url.replace("127.0.0.1", "localhost"), [])).toMatchObject(
			refused,
		);
		expect(await at("http://[::1]:1/", [])).toMatchObject(refused);
		expect(await at("http://2130706433:1/", [])).toMatchObject(refused);
		for (const way of ["away", "meta", "file"])
			expect(await at(`${url}/${way}`)).toMatchObject(refused);
		expect(await at(`${url}/within`)).toMatchObject({
			kind: "file",
			// Of the road's own address: another one behind a redirect every time would be another file every time.
			name: "within",
		});
		// Another host that is named may be gone to, but not where its address is private: whoever has the name could say any.
		expect(await at(`${url}/away`, ["127.0.0.1", "localhost"])).toMatchObject(
			refused,
		);
	});

	it.each([
		...[
			"10.1.2.3",
			"172.31.0.1",
			"192.168.1.1",
			"127.0.0.9",
			"169.254.169.254",
			"0.0.0.0",
			"100.64.0.1",
		],
		...[
			"::1",
			"fd00::1",
			"fe80::1%eth0",
			"::ffff:10.0.0.1",
			"::ffff:127.0.0.1",
			"64:ff9b::a00:1",
			"::ffff:0:10.0.0.1",
			"fec0::1",
			"2001::a00:1",
			"2001:db8::1",
			"2002:a00:1::",
			"192.88.99.1",
		],
	])("know %s for an address of no public host", (address) => {
		expect(isPrivateAddress(address)).toBe(true);
	});
	it.each(["103.23.20.1", "2404:8000::1", "172.32.0.1"])(
		"know %s for a public one",
		(address) => {
			expect(isPrivateAddress(address)).toBe(false);
		},
	);

	it("are given up where they are too large, go round in circles, break off or never end", async () => {
		const url = await serving(({ url: asked }, answer) => {
			if (asked === "/large") answer.end(Buffer.alloc(LARGEST_FILE + 1));
			else if (asked === "/circle")
				answer.writeHead(302, { location: "/circle" }).end();
			else if (asked === "/broken") {
				answer.writeHead(200, { "content-length": "100" });
				answer.write("kode", () => answer.destroy());
			} else answer.write("kode");
		});
		expect(await at(`${url}/large`)).toMatchObject({
			fault: { code: "too-large", what: "16" },
		});
		expect(await at(`${url}/circle`)).toMatchObject({
			fault: { code: "answered" },
		});
		expect(await at(`${url}/broken`)).toMatchObject({
			fault: { code: "unreachable" },
		});
		expect(await at(`${url}/slow`)).toMatchObject({
			fault: { code: "unreachable" },
		});
	});

	it("are not believed to be whole where the other end does not say how long they are", async () => {
		const server = createNet((socket) => {
			socket.on("error", () => {});
			socket.once("data", () =>
				socket.end(
					"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nkode\n32.01,11",
				),
			);
		});
		servers.push(server);
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		const { port } = server.address() as AddressInfo;
		expect(await at(`http://127.0.0.1:${port}/x`)).toMatchObject({
			fault: { code: "answered", what: "200 without its length" },
		});
	});

	it("are taken from a folder once they are whole, once, and nothing else is", async () => {
		const put = (name: string, text: string, age = 60) => {
			const file = path.join(watched, name);
			writeFileSync(file, text);
			utimesSync(file, now / 1000 - age, now / 1000 - age);
		};
		const secret = path.join(folder.path, "rahasia.csv");
		writeFileSync(secret, csv("32.77", 1));
		await open("berkas", "folder", watched, 5);
		put("a.csv", csv("32.05", 1));
		put("b.csv.part", csv("32.06", 1));
		put(".c.csv", csv("32.06", 1));
		symlinkSync(secret, path.join(watched, "tautan.csv"));
		mkdirSync(path.join(watched, "dalam"));
		await look(0);
		expect(await confirmedIn("32.05")).toEqual([]);
		put("a.csv", `${csv("32.05", 1)}32.09,2020-04-19,3\n`);
		await look(6);
		expect(await confirmedIn("32.05")).toEqual([]);
		await look(6);
		expect(await confirmedIn("32.05")).toEqual([1]);
		expect(await confirmedIn("32.09")).toEqual([3]);
		renameSync(path.join(watched, "b.csv.part"), path.join(watched, "b.csv"));
		await look(6);
		await look(6);
		expect(await confirmedIn("32.06")).toEqual([1]);
		await look(6);
		expect(await confirmedIn("32.05")).toEqual([1]);
		expect(await confirmedIn("32.77")).toEqual([]);
		expect(await roadOf("berkas")).toMatchObject({ fault: null });
	});

	it("of a folder are not taken twice by a hub that starts anew", async () => {
		await visits.close();
		visits = createVisits(db, taker, () => now);
		await look(6);
		await look(6);
		expect(await confirmedIn("32.05")).toEqual([1]);
		expect(await confirmedIn("32.06")).toEqual([1]);
	});

	it("of a folder that cannot be read or used are told and left, and the others go on", async () => {
		writeFileSync(path.join(watched, "kacau.csv"), "bukan tabel");
		utimesSync(
			path.join(watched, "kacau.csv"),
			now / 1000 - 60,
			now / 1000 - 60,
		);
		await look(6);
		await look(6);
		expect(await roadOf("berkas")).toMatchObject({
			fault: { code: "nothing-taken", what: "kacau.csv" },
		});
		await look(6);
		expect((await roadOf("berkas")).failures).toBe(1);
		await open("tiada", "folder", path.join(folder.path, "tiada"));
		await look(0);
		expect(await roadOf("tiada")).toMatchObject({
			failures: 1,
			fault: { code: "unreadable", what: "tiada: ENOENT" },
		});
		// As long as that is so, and no longer.
		await look(61);
		expect(await roadOf("tiada")).toMatchObject({ failures: 2 });
		mkdirSync(path.join(folder.path, "tiada"));
		await look(61);
		expect(await roadOf("tiada")).toMatchObject({ failures: 0, fault: null });
	});

	it("of a folder that are too large are told as long as they lie there, and the others are taken", async () => {
		const file = path.join(watched, "besar.csv");
		writeFileSync(file, "");
		truncateSync(file, LARGEST_FILE + 1);
		utimesSync(file, now / 1000 - 60, now / 1000 - 60);
		const other = path.join(watched, "kecil.csv");
		writeFileSync(other, csv("32.12", 4));
		utimesSync(other, now / 1000 - 60, now / 1000 - 60);
		for (let n = 0; n < 3; n++) await look(6);
		expect(await roadOf("berkas")).toMatchObject({
			fault: { code: "unreadable", what: "besar.csv: 16 MB" },
		});
		expect(await confirmedIn("32.12")).toEqual([4]);
		rmSync(file);
		await look(6);
		expect((await roadOf("berkas")).fault).toBeNull();
	});

	const putIn = (name: string, text: string, into = watched) => {
		const file = path.join(into, name);
		writeFileSync(file, text);
		utimesSync(file, now / 1000 - 60, now / 1000 - 60);
	};

	it("of a folder that cannot be stored keep none behind them from being taken, and are tried again", async () => {
		await visits.close();
		let tried = 0;
		visits = createVisits(
			db,
			{
				...taker,
				take: (arrived) =>
					arrived.name === "m-buruk.csv" && tried++ < 2
						? Promise.reject(new Error("what no database takes"))
						: taker.take(arrived),
			},
			() => now,
		);
		putIn("m-buruk.csv", csv("32.14", 8));
		putIn("n-baik.csv", csv("32.15", 9));
		await look(6);
		await look(6);
		expect(await confirmedIn("32.15")).toEqual([9]);
		expect(await roadOf("berkas")).toMatchObject({
			fault: { code: "failed", what: "" },
		});
		await look(6);
		await look(6);
		expect(tried).toBe(3);
		expect(await confirmedIn("32.14")).toEqual([8]);
		await look(6);
		expect(await roadOf("berkas")).toMatchObject({ fault: null });
	});

	it("of a folder of which nothing can be used are told beside good ones of the same look", async () => {
		putIn("p-kacau.csv", "bukan tabel pula");
		putIn("q-baik.csv", csv("32.16", 2));
		await look(6);
		await look(6);
		expect(await confirmedIn("32.16")).toEqual([2]);
		expect(await roadOf("berkas")).toMatchObject({
			fault: { code: "nothing-taken", what: "p-kacau.csv" },
		});
	});

	it("are not named where their format keeps no names of files, because they may be those of patients", async () => {
		const into = path.join(folder.path, "lab");
		mkdirSync(into);
		await addRoad(db.pool, {
			...{ name: "lab", kind: "folder", address: into, every: 5 },
			...{ connector: "fhir-lab", source: "fhir-lab", token: null },
			...{ hosts: [], at: now },
		});
		putIn("Siti Aminah.json", "{}", into);
		await look(0);
		await look(6);
		const { fault } = await roadOf("lab");
		expect(fault).toMatchObject({ code: "nothing-taken" });
		expect(fault?.what).toMatch(/^fhir-lab-[0-9a-f]{12}/);
		truncateSync(path.join(into, "Siti Aminah.json"), LARGEST_FILE + 1);
		utimesSync(
			path.join(into, "Siti Aminah.json"),
			now / 1000 - 60,
			now / 1000 - 60,
		);
		await look(6);
		await look(6);
		expect(await roadOf("lab")).toMatchObject({
			fault: { code: "unreadable", what: "a file: 16 MB" },
		});
		await endRoad(db.pool, "lab", now);
	});

	it.skipIf(process.getuid?.() === 0)(
		"of a folder that this account may not read are told",
		async () => {
			const file = path.join(watched, "tertutup.csv");
			writeFileSync(file, csv("32.10", 1));
			chmodSync(file, 0);
			await look(6);
			expect(await roadOf("berkas")).toMatchObject({
				fault: { code: "unreadable", what: "tertutup.csv: EACCES" },
			});
		},
	);

	it("of which lines are in quarantine are read again later, as of the day on which they first came, once a person gave the codes", async () => {
		const asked: (string | undefined)[] = [];
		const url = await serving(({ headers }, answer) => {
			asked.push(headers["if-none-match"]);
			if (headers["if-none-match"] === '"1"') answer.writeHead(304).end();
			else
				answer
					.writeHead(200, { etag: '"1"' })
					.end("kode_bps,tanggal,konfirmasi\n9402,2020-04-18,12\n");
		});
		const into = path.join(folder.path, "kode");
		mkdirSync(into);
		await open("kode-bps", "pull", url);
		await open("kode-folder", "folder", into, 5);
		putIn(
			"kode.csv",
			"kode_bps,tanggal,konfirmasi\n9402,2020-04-17,11\n",
			into,
		);
		const came = Math.floor((now + 7 * 3_600_000) / 86_400_000);
		await look(0);
		await look(61);
		expect(await roadOf("kode-folder")).toMatchObject({
			fault: { code: "nothing-taken" },
		});
		await db.pool.query("INSERT INTO code_bridge VALUES ('9402', '32.17')");
		await look(61);
		expect(await confirmedIn("32.17")).toEqual([]);
		expect(asked).toEqual([undefined, '"1"', '"1"']);
		await look(2 * 86_400);
		await look(61);
		expect(asked.slice(3)).toEqual([undefined, '"1"']);
		const { rows } = await db.pool.query(
			"SELECT stated, as_of FROM report JOIN area ON area.id = report.area WHERE code = '32.17' ORDER BY day",
		);
		expect(rows).toEqual([
			{ stated: { confirmed: 11 }, as_of: came },
			{ stated: { confirmed: 12 }, as_of: came },
		]);
		expect(await roadOf("kode-bps")).toMatchObject({
			etag: '"1"',
			fault: null,
		});
		await endRoad(db.pool, "kode-folder", now);
		await endRoad(db.pool, "kode-bps", now);
	});

	it("are visited after a clock that ran ahead was put right", async () => {
		let asked = 0;
		const url = await serving((_, answer) => {
			asked++;
			answer.end(csv("32.18", 1));
		});
		await open("jam", "pull", url);
		now += 400 * 86_400_000;
		await look(0);
		now -= 400 * 86_400_000;
		await look(61);
		expect(asked).toBe(2);
		await look(30);
		expect(asked).toBe(2);
		await endRoad(db.pool, "jam", now);
	});

	it("are fetched and read anew after the hub was emptied", async () => {
		const asked: (string | undefined)[] = [];
		const url = await serving(({ headers }, answer) => {
			asked.push(headers["if-none-match"]);
			if (headers["if-none-match"] === '"1"') answer.writeHead(304).end();
			else answer.writeHead(200, { etag: '"1"' }).end(csv("32.11", 6));
		});
		await open("kosong", "pull", url);
		await look(61);
		await look(61);
		expect(asked).toEqual([undefined, '"1"']);
		expect(await confirmedIn("32.05")).toEqual([1]);
		await inTransaction(db.pool, emptyStore);
		expect(await roadOf("kosong")).toMatchObject({ heardAt: null, etag: null });
		await look(6);
		await look(6);
		expect(asked).toEqual([undefined, '"1"', undefined]);
		expect(await confirmedIn("32.11")).toEqual([6]);
		expect(await confirmedIn("32.05")).toEqual([1]);
	});
});
