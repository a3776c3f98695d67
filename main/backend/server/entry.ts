import type { Hono, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { apiError } from "./api-error.ts";
import { judge, loopbackNames, type OwnNames } from "./guard.ts";
import { securityPolicy } from "./policy.ts";
import type { Sessions } from "./session.ts";
import type { Visit } from "./visitor.ts";

const MISDIRECTED = 421;

/** Refuses what was meant for another server, or comes from pages of another. */
export function refusedByGuard(names: () => OwnNames): MiddlewareHandler {
	return async (c, next) => {
		const verdict = judge(
			{
				method: c.req.method,
				host: c.req.header("host"),
				origin: c.req.header("origin"),
				site: c.req.header("sec-fetch-site"),
				navigation: c.req.header("sec-fetch-mode") === "navigate",
			},
			names(),
		);
		if (verdict === "wrong-host")
			return c.json(
				apiError("wrong-host", "This server answers by its own names only."),
				MISDIRECTED,
			);
		if (verdict === "wrong-origin")
			return c.json(
				apiError("wrong-origin", "Only this server's own pages may ask."),
				403,
			);
		return next();
	};
}

/** The door of this machine: only pages of this server's own come in, by an address that works once, and stay by a cookie. */
export function letIn(
	app: Hono<Visit>,
	{ sessions, port }: { sessions: Sessions; port: () => number },
): void {
	app.use(securityPolicy);
	app.use(refusedByGuard(() => loopbackNames(port())));

	const cookie = () => `blc-session-${port()}`;

	app.get("/enter", (c) => {
		c.header("cache-control", "no-store");
		// Looking at an address must not use it up.
		if (c.req.method !== "GET") return c.body(null, 405, { allow: "GET" });
		const session = sessions.enter(c.req.query("token") ?? "");
		if (session === null) return c.text(USED_UP, 401);
		// The port is part of the name: cookies of one machine are shared by all its ports.
		setCookie(c, cookie(), session, {
			httpOnly: true,
			sameSite: "Strict",
			path: "/",
		});
		// A browser that was led here from a file does not send a cookie of this site along a redirect; a page of our own goes on by itself.
		if (c.req.header("sec-fetch-site") === "cross-site") return c.html(GO_ON);
		return c.redirect("/", 303);
	});

	app.use(async (c, next) => {
		const session = sessions.idOf(getCookie(c, cookie()));
		if (session !== null) {
			c.set("visitor", { kind: "window", session });
			return next();
		}
		c.header("cache-control", "no-store");
		if (c.req.path.startsWith("/api/"))
			return c.json(
				apiError("no-session", "Expected the session cookie of this server."),
				401,
			);
		return c.text(NO_SESSION, 401);
	});
}

const USED_UP = `Alamat ini sudah dipakai atau tidak berlaku. Mintalah alamat baru dari program yang menjalankan BLC Command.
This address has been used or is not valid. Ask the program that runs BLC Command for a new one.
`;
const GO_ON = `<!doctype html>
<meta charset="utf-8">
<title>BLC Command</title>
<meta http-equiv="refresh" content="0;url=/">
`;
const NO_SESSION = `Buka BLC Command dengan alamat yang ditampilkan saat program dimulai.
Open BLC Command with the address shown when the program started.
`;
