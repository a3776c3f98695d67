import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { Scope } from "../access/scope.ts";
import { Shown } from "../wall/shown.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** display: shows what it is told to; remote: leads what the walls show. */
export const DEVICE_KINDS = ["display", "remote"] as const;
export const DeviceKind = z.enum(DEVICE_KINDS);
export type DeviceKind = z.infer<typeof DeviceKind>;

export const DeviceId = z.string().regex(/^[a-z0-9]{16}$/);
export const DeviceName = z.string().trim().min(1).max(60);

/** Any address of this machine. */
export const EVERY_ADDRESS = "0.0.0.0";

/** Where the backend listens for devices of the network. */
export const LanSetting = z.strictObject({
	on: z.boolean(),
	/** An IPv4 address of this machine, or all of them. */
	address: z.ipv4(),
	/** 0: any free one, which is then kept: devices find it again. */
	port: z.int().min(0).max(65_535),
});
export type LanSetting = z.infer<typeof LanSetting>;

export const LanState = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("off") }),
	z.object({
		kind: z.literal("on"),
		/** `https://ADDRESS:PORT`, by each of which it can be reached. */
		origins: z.string().array(),
		/** SHA-256 of the certificate, as browsers show it: AA:BB:… */
		fingerprint: z.string(),
		/** Until when the certificate is valid, and since when it is used (ms since 1970-01-01 UTC). */
		certifiedUntil: z.number(),
		certifiedSince: z.number(),
	}),
	/** It cannot listen, and tries again by itself. */
	z.object({
		kind: z.literal("fault"),
		why: z.enum(["taken", "no-address", "not-allowed", "other"]),
		message: z.string(),
	}),
]);
export type LanState = z.infer<typeof LanState>;

/** A browser of the network that was paired. */
export const PairedDevice = z.object({
	id: DeviceId,
	name: DeviceName,
	kind: DeviceKind,
	/** What a display shows. */
	show: Shown,
	/** The part of the country of whoever paired it: it is shown nothing else. */
	scope: Scope,
	/** When and by whom it was paired (ms since 1970-01-01 UTC). */
	pairedAt: z.number(),
	pairedBy: z.string(),
	/** When it last asked anything; null: never since it was paired. */
	seenAt: z.number().nullable(),
	/** From where; empty: never. */
	address: z.string(),
});
export type PairedDevice = z.infer<typeof PairedDevice>;

export const Devices = query({
	path: "/api/devices",
	about:
		"The devices of the network that may show or lead the walls of this workstation, and where it listens for them.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["devices"],
	request: nothing,
	answer: z.object({
		setting: LanSetting,
		state: LanState,
		/** The addresses of this machine that can be listened on. */
		addresses: z
			.object({ address: z.string(), connection: z.string() })
			.array(),
		/** In the order in which they were paired. */
		devices: PairedDevice.array(),
	}),
});
export type Devices = z.infer<typeof Devices.answer>;

export const ThisDevice = query({
	path: "/api/device",
	about: "What the paired device that asks is, and what it is to show.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["devices", "workspace"],
	request: nothing,
	/** Null: a window of this workstation, which is no device. */
	answer: PairedDevice.pick({
		id: true,
		name: true,
		kind: true,
		show: true,
	}).nullable(),
});
export type ThisDevice = z.infer<typeof ThisDevice.answer>;

export const ListenOnLan = command({
	name: "listen-on-lan",
	about:
		"Listen on an address of this machine for paired devices, or no longer; kept over restarts.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: LanSetting,
	answer: LanState,
});

export const PairDevice = command({
	name: "pair-device",
	about: "Give out a code with which one device is paired within five minutes.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({
		kind: DeviceKind,
		name: DeviceName,
		/** What it shows from the first moment on: its place of a grid, for one. */
		show: Shown.default(""),
	}),
	answer: z.object({
		/** As a person types it: ABCD-EFGH. */
		code: z.string(),
		endsAt: z.number(),
		/** Addresses at which the device is paired, with the code. */
		addresses: z.string().array(),
	}),
});

export const ChangeDevice = command({
	name: "change-device",
	about: "Give a paired device another name, or something else to show.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: DeviceId, name: DeviceName, show: Shown }),
	answer: z.object({ changed: z.boolean() }),
});

export const RevokeDevice = command({
	name: "revoke-device",
	about: "Let a paired device in no longer.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: DeviceId }),
	answer: z.object({ revoked: z.boolean() }),
});
