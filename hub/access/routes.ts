import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { PERSON_HEADER, type Person } from "../../core/access/person.ts";
import { Role } from "../../core/access/role.ts";
import { mayBeAt, Scope } from "../../core/access/scope.ts";
import { type KemendagriCode, NATION } from "../../core/areas/codes.ts";
import type { Queryable } from "../store/publication.ts";
import {
	type Session,
	type SignIn,
	sessionOf,
	signIn,
	signInToExercise,
	signOut,
} from "./sessions.ts";

const Credentials = z.strictObject({
	name: z.string().max(100),
	password: z.string().max(1000),
});
const ExerciseRole = z.strictObject({ role: Role, scope: Scope });

/** What a person says in one request fits into this; whatever is longer is not read. */
export const shortBody = bodyLimit({
	maxSize: 64 * 1024,
	onError: (c) => c.json({ error: "expected at most 64 KB" }, 413),
});

function tokenIn(c: Context): string | null {
	const token = c.req.header(PERSON_HEADER) ?? "";
	return /^[\w-]{20,100}$/.test(token) ? token : null;
}

/** Code of the province whose workstation asks (hub/publish/serve); null: the whole country's. */
export function provinceAsking(c: Context): KemendagriCode | null {
	const province = c.get("province") as
		| { code: KemendagriCode }
		| null
		| undefined;
	return province?.code ?? null;
}

const mayAsk = (c: Context, { scope }: Pick<Person, "scope">): boolean =>
	mayBeAt(scope, provinceAsking(c) ?? NATION);

/** Who asks; null when nobody is signed in, or not for the workstation that asks. */
export async function whoAsks(
	db: Queryable,
	c: Context,
	now: number,
): Promise<Session | null> {
	const token = tokenIn(c);
	const session = token === null ? null : await sessionOf(db, token, now);
	return session && mayAsk(c, session.person) ? session : null;
}

/**
 *   POST   /v1/session            {name, password} -> Token; 401 refused, 403 not at this workstation, 429 wait (retry-after)
 *   POST   /v1/session/exercise   {role, scope} -> Token; 403 when the dataset is no exercise
 *   GET    /v1/session            Signed; 401
 *   DELETE /v1/session            204
 */
export function accessRoutes(
	db: { pool: Queryable },
	clock: () => number = Date.now,
): Hono {
	const app = new Hono();
	app.post("/v1/session", shortBody, async (c) => {
		const read = Credentials.safeParse(await c.req.json().catch(() => null));
		if (!read.success)
			return c.json({ error: "expected {name, password}" }, 400);
		const result = await signIn(
			db.pool,
			read.data.name,
			read.data.password,
			clock(),
		);
		if (result.kind === "signed-in" && !mayAsk(c, result.session.person)) {
			await signOut(db.pool, result.token, clock());
			return answer(c, { kind: "refused" }, 403);
		}
		return answer(c, result, 401);
	});
	app.post("/v1/session/exercise", shortBody, async (c) => {
		const read = ExerciseRole.safeParse(await c.req.json().catch(() => null));
		if (!read.success) return c.json({ error: "expected {role, scope}" }, 400);
		if (!mayAsk(c, read.data)) return answer(c, { kind: "refused" }, 403);
		return answer(
			c,
			await signInToExercise(db.pool, read.data.role, read.data.scope, clock()),
			403,
		);
	});
	app.get("/v1/session", async (c) => {
		const session = await whoAsks(db.pool, c, clock());
		return session
			? c.json(signed(session))
			: c.json({ error: "nobody is signed in" }, 401);
	});
	app.delete("/v1/session", async (c) => {
		const token = tokenIn(c);
		if (token !== null) await signOut(db.pool, token, clock());
		return c.body(null, 204);
	});
	return app;
}

function signed({ person, endsAt }: Session): {
	person: Person;
	endsAt: number;
} {
	return { person, endsAt };
}

function answer(c: Context, result: SignIn, refused: 401 | 403): Response {
	c.header("cache-control", "no-store");
	if (result.kind === "signed-in")
		return c.json({ token: result.token, ...signed(result.session) });
	if (result.kind === "refused") return c.json({ error: "refused" }, refused);
	c.header("retry-after", String(Math.ceil(result.milliseconds / 1000)));
	return c.json({ error: "wait", milliseconds: result.milliseconds }, 429);
}
