/**
 * Second half of `npm start`, under Node 24: builds what changed, starts a local hub with the simulated country when no hub is given, and
 * opens the application in the host this machine can have.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { mayShowWindow, surroundings } from "../browser/open-window.ts";
import { endChild } from "./ask-to-end.ts";
import { buildIfChanged } from "./build.ts";
import { couldNotRun, electronBinary } from "./electron-binary.ts";
import { fail, ROOT } from "./install.mjs";
import type { LocalHubReady } from "./local-hub.ts";

const command = new Command("npm start --")
	.description(
		"Starts BLC Command; without --hub it follows a hub of its own with a simulated country (LATIHAN).",
	)
	.option("--hub <url>", "address of the hub to follow")
	.option("--hub-key <base64>", "public key of that hub")
	.option(
		"--data <folder>",
		"folder for this workstation's replica and the local hub",
		process.env.BLC_DATA ?? join(homedir(), ".blc-command"),
	)
	.option("--port <number>", "port of the screens on 127.0.0.1", "0")
	.option("--basemap <file>", "PMTiles file drawn below the figures")
	.option("--no-open", "print the address and open no window")
	.showHelpAfterError();
command.parse();
const given = command.opts<{
	hub?: string;
	hubKey?: string;
	data: string;
	port: string;
	basemap?: string;
	open: boolean;
}>();
if ((given.hub === undefined) !== (given.hubKey === undefined))
	command.error("--hub and --hub-key belong together");
const data = resolve(given.data);
/** Against this folder, not that of the host. */
const basemap =
	given.basemap === undefined ? undefined : resolve(given.basemap);

/** Everything started here, in the order of starting; ended in the opposite order. */
const children: { child: ChildProcess; within: number }[] = [];
/** Each is asked, and has so long (ms). Together less than five seconds, after Ctrl-C, but for a database with much to write down. */
const HOST_ENDS_WITHIN = 3500;
const HUB_ENDS_WITHIN = 30_000;
let ending = false;

async function end(code: number): Promise<never> {
	if (!ending) {
		ending = true;
		for (const { child, within } of children.toReversed())
			await endChild(child, within);
		process.exit(code);
	}
	return new Promise(() => {});
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
	process.on(signal, () => void end(0));

/** Children lead groups of their own: Ctrl-C reaches only this process, which ends them in order. */
const apart = { cwd: ROOT, detached: process.platform !== "win32" } as const;

async function startLocalHub(): Promise<LocalHubReady> {
	const folder = join(data, "hub");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const hub = fork(join(import.meta.dirname, "local-hub.ts"), [folder], {
		...apart,
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	children.push({ child: hub, within: HUB_ENDS_WITHIN });
	return new Promise((ready) => {
		hub.once("message", (message) => ready(message as LocalHubReady));
		hub.once("exit", (code) => {
			if (ending) return;
			console.error(`✗ The local hub ended (${code}).`);
			console.error(
				"  The lines above say why. Screens go on with what they have received.",
			);
		});
		hub.once("error", (error) => fail(`The local hub: ${error.message}`));
	});
}

/** Fills the hub with the simulated country and publishes it; the application is already open and shows what arrives. */
function loadExercise(): void {
	const loader = spawn(
		process.execPath,
		[
			"hub/cli.ts",
			"exercise",
			"start",
			"--publish",
			"--data",
			join(data, "hub"),
		],
		{ ...apart, stdio: ["ignore", "inherit", "inherit"] },
	);
	children.push({ child: loader, within: 500 });
	loader.on("exit", (code) => {
		if (code === 0) console.log("✓ The simulated country is complete");
		else if (!ending)
			console.error(
				"✗ The simulated country was not loaded completely; the lines above say why. Start again to go on from there.",
			);
	});
}

const begun = Date.now();
await buildIfChanged();
let hub: { url: string; publicKey: string };
if (given.hub !== undefined && given.hubKey !== undefined)
	hub = { url: given.hub, publicKey: given.hubKey };
else {
	console.log("• Starting a local hub …");
	const local = await startLocalHub();
	hub = local;
	if (local.unfinished) {
		console.log("• Loading the simulated country (LATIHAN) …");
		loadExercise();
	}
}

const electron =
	given.open && mayShowWindow(surroundings())
		? await electronBinary()
		: undefined;

function startHost(electron: string | undefined): void {
	const startedAt = Date.now();
	const host = electron ? inElectron(electron) : inBrowser();
	children.push({ child: host, within: HOST_ENDS_WITHIN });
	host.once("spawn", () =>
		console.log(
			`✓ ${electron ? "Electron" : "Application"} started after ${((Date.now() - begun) / 1000).toFixed(1)} s; Ctrl-C ends everything`,
		),
	);
	host.once("error", (error) => fail(`The application: ${error.message}`));
	host.once("exit", (code) => {
		if (!electron || ending || !couldNotRun(code, Date.now() - startedAt))
			return void end(code ?? 1);
		console.log(
			`  Electron cannot run here (it ended with ${code ?? host.signalCode}; the lines above say why); the system's browser is used.`,
		);
		startHost(undefined);
	});
}

/** Both hosts keep their data in one folder: what waits to be sent waits there for either. */
function inElectron(electron: string): ChildProcess {
	return spawn(electron, [ROOT], {
		...apart,
		stdio: ["ignore", "inherit", "inherit"],
		env: {
			...process.env,
			BLC_DATA: data,
			BLC_HUB_URL: hub.url,
			BLC_HUB_KEY: hub.publicKey,
			...(basemap === undefined ? {} : { BLC_BASEMAP: basemap }),
		},
	});
}

function inBrowser(): ChildProcess {
	return spawn(
		process.execPath,
		[
			join(ROOT, "out/main/browser.js"),
			"--data",
			data,
			"--port",
			given.port,
			"--hub",
			hub.url,
			"--hub-key",
			hub.publicKey,
			...(basemap === undefined ? [] : ["--basemap", basemap]),
			...(given.open ? [] : ["--no-open"]),
		],
		{ ...apart, stdio: ["inherit", "inherit", "inherit", "ipc"] },
	);
}

startHost(electron);
