/**
 * `npm run sign-update -- INSTALLER --key KEY.pem`: signs an installer for workstations that look into a folder of the office's network
 * (docs/desktop.md). Put what it writes beside the installer. `--new-key KEY.pem` makes a key, and prints its public half.
 */
import { createHash, createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Command } from "commander";
import { isVersion } from "../../core/feed/client.ts";
import { type Offer, offerName } from "../../core/update/offer.ts";
import {
	newSigningKey,
	publicHalf,
	signText,
} from "../../machine/signing/signing-key.ts";

const command = new Command("npm run sign-update --")
	.description("Signs an installer as an update.")
	.argument(
		"[installer]",
		"blc-command-VERSION-SYSTEM-ARCH.EXT, as npm run dist makes it",
	)
	.option("--key <file>", "private key (PEM)")
	.option("--new-key <file>", "make a key first")
	.showHelpAfterError();
command.parse();
const { key: keyFile, newKey } = command.opts<{
	key?: string;
	newKey?: string;
}>();
const [installer] = command.args;

if (newKey !== undefined) {
	const { privateKey, pem } = newSigningKey();
	writeFileSync(newKey, pem, { mode: 0o600, flag: "wx" });
	console.log(`public key ${publicHalf(privateKey)}`);
}
if (installer !== undefined) {
	const file = keyFile ?? newKey ?? command.error("--key: with which key?");
	console.log(signed(installer, createPrivateKey(readFileSync(file))));
} else if (newKey === undefined) command.help({ error: true });

function signed(path: string, key: KeyObject): string {
	const name = basename(path);
	const read =
		/^blc-command-(.+)-(win|linux|mac)-(x64|arm64|amd64|x86_64)\./.exec(name);
	if (!read?.[1] || !isVersion(read[1]))
		command.error(`${name}: expected blc-command-VERSION-SYSTEM-ARCH.EXT`);
	const [, version, system, arch] = read as unknown as [
		string,
		string,
		"win" | "linux" | "mac",
		string,
	];
	const bytes = readFileSync(path);
	const offer: Offer = {
		version,
		system: { win: "win32", linux: "linux", mac: "darwin" }[system],
		// As the builders of Linux packages call it.
		arch: arch === "amd64" || arch === "x86_64" ? "x64" : arch,
		file: name,
		bytes: bytes.length,
		sha256: createHash("sha256").update(bytes).digest("hex"),
	};
	const written = join(dirname(path), offerName(offer.system, offer.arch));
	writeFileSync(
		written,
		`${JSON.stringify(signText(JSON.stringify(offer), key))}\n`,
	);
	return `${written}\npublic key ${publicHalf(key)}`;
}
