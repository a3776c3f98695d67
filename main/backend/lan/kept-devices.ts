import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Scope } from "../../../core/access/scope.ts";
import {
	type DeviceKind,
	EVERY_ADDRESS,
	LanSetting,
	PairedDevice,
} from "../../../core/api/devices.ts";
import type { VersionedFile } from "../../../core/workspace/versioned-file.ts";
import { openKeptFile, type PutAside } from "../workspace/kept-file.ts";

export const MOST_DEVICES = 60;

/** That a device was seen is written out no more often than this (ms). */
const SEEN_EVERY = 5 * 60_000;
const SECRET_BYTES = 32;

const Kept = PairedDevice.extend({
	/** SHA-256 of its secret, in hexadecimal digits: who reads the file cannot come in by it. */
	hash: z.string().regex(/^[0-9a-f]{64}$/),
});

const DevicesFile = z.strictObject({
	lan: LanSetting,
	devices: Kept.array().max(MOST_DEVICES),
});

/** `devices.json` of a workstation: where it listens for the network, and which devices may come in. */
export const DEVICES_FILE: VersionedFile<z.infer<typeof DevicesFile>> = {
	kind: "blc-devices",
	version: 1,
	schema: DevicesFile,
	earlier: {},
	empty: { lan: { on: false, address: EVERY_ADDRESS, port: 0 }, devices: [] },
};

/** What a device is paired as. */
export interface Pairing {
	readonly name: string;
	readonly kind: DeviceKind;
	/** What it shows from the first moment on. */
	readonly show: string;
	readonly scope: Scope;
	/** Who paired it, as others see the person. */
	readonly by: string;
}

export interface KeptDevices {
	readonly lan: LanSetting;
	readonly list: readonly PairedDevice[];
	putAside(): PutAside[];
	/** @throws when it cannot be written; so do the others that change something */
	listenOn(lan: LanSetting): void;
	/** @returns the credential, told this once; null: there are too many */
	pair(pairing: Pairing): { device: PairedDevice; credential: string } | null;
	/** The device that a credential is of; null: of none, or of one that was revoked. */
	of(credential: string | undefined): PairedDevice | null;
	seen(id: string, address: string): void;
	/** @returns false when there is none of this id; so does `revoke` */
	change(id: string, change: Pick<PairedDevice, "name" | "show">): boolean;
	revoke(id: string): boolean;
	/** Writes when which device was last seen. */
	close(): void;
}

export function openKeptDevices(
	folder: string,
	writable: () => boolean,
	report: (message: string) => void,
	changed: () => void,
	clock: () => number = Date.now,
): KeptDevices {
	const file = openKeptFile(
		join(folder, "devices.json"),
		DEVICES_FILE,
		writable,
		report,
		clock,
	);
	type Device = (typeof file.value.devices)[number];
	/** Seen since the file was written. */
	const seen = new Map<string, Pick<PairedDevice, "seenAt" | "address">>();
	let writtenAt = clock();
	const withSeen = (device: Device): Device => ({
		...device,
		...seen.get(device.id),
	});
	const write = (next: typeof file.value): void => {
		file.change({ ...next, devices: next.devices.map(withSeen) });
		seen.clear();
		writtenAt = clock();
	};
	const writeDevices = (devices: Device[]): void => {
		write({ ...file.value, devices });
		changed();
	};
	const find = (id: string) =>
		file.value.devices.find((device) => device.id === id);
	const told = (device: Device): PairedDevice => {
		const { hash: _, ...rest } = withSeen(device);
		return rest;
	};
	return {
		get lan() {
			return file.value.lan;
		},
		get list() {
			return file.value.devices.map(told);
		},
		putAside: () => file.putAside(),
		listenOn(lan) {
			write({ ...file.value, lan });
			changed();
		},
		pair({ name, kind, show, scope, by }) {
			const { devices } = file.value;
			if (devices.length >= MOST_DEVICES) return null;
			const secret = randomBytes(SECRET_BYTES).toString("base64url");
			const device: Device = {
				...{ id: randomBytes(8).toString("hex"), name, kind, scope },
				...{ show, pairedAt: clock(), pairedBy: by },
				...{ seenAt: null, address: "" },
				hash: hashOf(secret),
			};
			writeDevices([...devices, device]);
			return { device: told(device), credential: `${device.id}.${secret}` };
		},
		of(credential) {
			const [id, secret, ...rest] = (credential ?? "").split(".");
			if (!id || !secret || rest.length > 0) return null;
			const device = find(id);
			// Hashed in any case: how long it takes does not tell whether there is such a device.
			const given = Buffer.from(hashOf(secret));
			if (!device || !timingSafeEqual(given, Buffer.from(device.hash)))
				return null;
			return told(device);
		},
		seen(id, address) {
			if (!find(id)) return;
			seen.set(id, { seenAt: clock(), address });
			if (clock() - writtenAt < SEEN_EVERY) return;
			keepSeen();
		},
		change(id, change) {
			if (!find(id)) return false;
			writeDevices(
				file.value.devices.map((device) =>
					device.id === id ? { ...device, ...change } : device,
				),
			);
			return true;
		},
		revoke(id) {
			if (!find(id)) return false;
			writeDevices(file.value.devices.filter((device) => device.id !== id));
			return true;
		},
		close() {
			if (seen.size > 0) keepSeen();
		},
	};

	/** A disk that is full is no reason to turn a wall away. */
	function keepSeen(): void {
		try {
			write(file.value);
		} catch (error) {
			writtenAt = clock();
			report(`devices: ${String(error)}`);
		}
	}
}

function hashOf(secret: string): string {
	return createHash("sha256").update(`device ${secret}`).digest("hex");
}
