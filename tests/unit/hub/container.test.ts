import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/*
 * No engine of containers is to be had here: what the files name is held against what there is, so that a path, an option or a port that changes
 * does not first fail on the server of an office.
 */

const FOLDER = "resources/hub";
const read = (name: string): string =>
	readFileSync(`${FOLDER}/${name}`, "utf8");
const container = read("Containerfile");
const compose = read("compose.yaml");
const unit = read("blc-hub.service");
const install = read("INSTALL.md");

const help = (...command: string[]): string =>
	spawnSync(process.execPath, ["hub/cli.ts", ...command, "--help"], {
		encoding: "utf8",
	}).stdout;
const SERVE = help("serve");
/** All lines of one instruction. */
const lines = (name: string): string[] =>
	[...container.matchAll(new RegExp(`^${name} (.*)$`, "gm"))].map(
		([, rest]) => rest as string,
	);

test("the container starts the program of the package as an account of its own, at the port of serve", () => {
	const [entry] = lines("ENTRYPOINT").map((text) => JSON.parse(text));
	const [into] = lines("COPY").map((text) => text.split(" ")[1]);
	expect(entry).toEqual([`${into}/blc-hub`]);
	expect(existsSync(`${FOLDER}/blc-hub`)).toBe(true);
	// Relative to it lie the Node and the command line of the package.
	expect(read("blc-hub")).toMatch(/"\$here\/node" "\$here\/hub\/cli\.ts"/);
	const [port] = lines("EXPOSE");
	expect(SERVE).toContain(`(default: ${port})`);
	const [account] = lines("USER");
	expect(container).toMatch(new RegExp(`useradd [^\\n]* ${account} `));
	expect(container).toContain(`-o ${account} -g ${account} -m 0700`);
	expect(compose).toContain(`ports: ["${port}:${port}"]`);
	expect(read("nginx.conf")).toContain(`127.0.0.1:${port};`);
	// Instructions that no engine knows, or that are misspelt.
	const known =
		/^(?:#.*|\s.*|(?:FROM|RUN|COPY|USER|VOLUME|EXPOSE|ENTRYPOINT|CMD) .+|)$/;
	expect(container.split("\n").filter((line) => !known.test(line))).toEqual([]);
});

test("every option that compose file and unit give is one of serve, and every file one that is handed in", () => {
	const given = [
		...compose.matchAll(/- (--[a-z-]+)=(\S+)/g),
		...install.matchAll(/(--[a-z-]+) (\/etc\/blc-hub\/\S+|0\.0\.0\.0)/g),
		...unit.matchAll(/serve (--[a-z]+) (\S+)/g),
	];
	expect(given.length).toBeGreaterThan(8);
	for (const [, option] of given) expect(SERVE, option).toContain(`${option} `);
	const [volume] = lines("VOLUME");
	expect(compose).toContain(`--data=${volume}`);
	expect(compose).toContain(`"hub:${volume}"`);
	expect(unit).toContain(`StateDirectory=${volume?.split("/").at(-1)}`);
	expect(unit).toContain(`--data ${volume} `);
	for (const [, secret] of compose.matchAll(/=\/run\/secrets\/(\S+)/g))
		expect(compose).toMatch(
			new RegExp(`^ {2}${secret?.replace(".", "\\.")}: \\{ file: `, "m"),
		);
	// The account by its number: outside the container it has no name.
	const uid = /--uid (\d+)/.exec(container)?.[1];
	expect(install).toContain(`chown ${uid} `);
});

test("no secret that lies beside the compose file goes into the image", () => {
	const left = read(".dockerignore").split("\n");
	for (const [, file] of compose.matchAll(/file: \.\/(\S+) \}/g))
		if (!file?.endsWith(".crt")) expect(left).toContain(file);
	for (const [, file] of compose.matchAll(/env_file: \[(\S+)\]/g))
		expect(left).toContain(file);
});

test("every command that the package's instructions name is one of the hub's", () => {
	const known = help();
	const named = [
		...install.matchAll(/blc-hub\/blc-hub ([a-z-]+)/g),
		...compose.matchAll(/hub ([a-z-]+) kabkota-csv/g),
	];
	expect(named.length).toBeGreaterThan(1);
	for (const [, command] of named)
		expect(known).toMatch(new RegExp(`^ {2}${command} `, "m"));
});
