import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import type { KeptDevices } from "../lan/kept-devices.ts";
import type { PairingCodes } from "../lan/pairing-codes.ts";
import { apiError } from "./api-error.ts";
import { refusedByGuard } from "./entry.ts";
import type { OwnNames } from "./guard.ts";
import { pairingPage } from "./pairing-page.ts";
import { securityPolicy } from "./policy.ts";
import type { Visit } from "./visitor.ts";

/** A browser keeps no cookie for longer (s); it is given anew with each visit of the page. */
const COOKIE_LASTS = 400 * 24 * 3600;
/** A code or a command of a remote is a few hundred bytes. */
const LARGEST = 64 * 1024;

export interface LanDoor {
	devices: KeptDevices;
	codes: PairingCodes;
	/** The names that count while it listens. */
	names: () => OwnNames & { port: number };
	report: (message: string) => void;
}

/**
 * The door to the network: whoever has no credential of a paired device finds the page on which one is paired, and nothing else. What was
 * revoked has none.
 */
export function letDevicesIn(
	lan: Hono<Visit>,
	{ devices, codes, names, report }: LanDoor,
): void {
	lan.use(securityPolicy);
	lan.use(refusedByGuard(names));
	lan.use(bodyLimit({ maxSize: LARGEST }));

	// The port is part of the name: cookies of one machine are shared by all its ports. The prefix binds it to TLS and to this host.
	const cookie = () => `blc-device-${names().port}`;
	const credentialOf = (c: Context) => getCookie(c, cookie(), "host");
	const admit = (c: Context, credential: string) =>
		setCookie(c, cookie(), credential, {
			...{ prefix: "host", secure: true, path: "/" },
			...{ httpOnly: true, sameSite: "Strict", maxAge: COOKIE_LASTS },
		});

	lan.get("/pair", (c) => {
		c.header("cache-control", "no-store");
		return c.html(pairingPage(c.req.query("code") ?? "", null));
	});
	lan.post("/pair", async (c) => {
		c.header("cache-control", "no-store");
		const { code } = await c.req.parseBody();
		const from = addressOf(c);
		const taken = codes.take(typeof code === "string" ? code : "", from);
		if (typeof taken === "string") {
			report(`pairing: ${taken} code from ${from}`);
			return c.html(pairingPage("", taken), taken === "wait" ? 429 : 403);
		}
		const paired = devices.pair(taken);
		if (!paired) return c.html(pairingPage("", "too-many"), 409);
		report(`paired ${taken.kind} ${taken.name} at ${from}, by ${taken.by}`);
		admit(c, paired.credential);
		return c.redirect("/", 303);
	});

	lan.use(async (c, next) => {
		const credential = credentialOf(c);
		const device = devices.of(credential);
		if (device && credential) {
			devices.seen(device.id, addressOf(c));
			c.set("visitor", { kind: "device", device });
			if (c.req.path === "/") admit(c, credential);
			return next();
		}
		c.header("cache-control", "no-store");
		if (c.req.method === "GET" && c.req.path === "/")
			return c.redirect("/pair", 303);
		return c.json(
			apiError("no-device", "Expected the credential of a paired device."),
			401,
		);
	});
}

/** From where somebody asks, as other machines write it. */
function addressOf(c: Context<Visit>): string {
	return c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
}
