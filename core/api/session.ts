import { z } from "zod";
import { mayAs, Person } from "../access/person.ts";
import { type Role, TakenRole } from "../access/role.ts";
import { Scope } from "../access/scope.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** Who sits at this window. */
export const Session = z.object({
	/** Null: nobody has signed in. */
	person: Person.nullable(),
	/** Signed in without the hub: commands wait until the person signs in again. */
	offline: z.boolean(),
	/** When the sign-in ends by itself (ms since 1970). */
	endsAt: z.number().nullable(),
	/** Who was signed in here until the hub ended it (revoked, or signed out everywhere) or its time was up; null: nobody was. */
	ended: z
		.object({ display: z.string(), why: z.enum(["hub", "time"]) })
		.nullable(),
	/** Whether anybody may take any role: an exercise. */
	exercise: z.boolean(),
	/**
	 * The file of commands and sign-ins of this workstation. "kept": as it should be; "damaged": it was put aside under the name given, and
	 * what waited in it was not sent; "none": the folder cannot be written: whoever signs in only looks.
	 */
	outbox: z.discriminatedUnion("kind", [
		z.object({ kind: z.literal("kept") }),
		z.object({ kind: z.literal("damaged"), setAside: z.string() }),
		z.object({ kind: z.literal("none") }),
	]),
});
export type Session = z.infer<typeof Session>;

/**
 * Whether whoever sits at a window may have what says for whom it is: a question, an order, a screen. In an exercise, where nobody has to
 * say who they are, whoever looks is an official.
 */
export function mayAt(
	{ person, exercise }: Pick<Session, "person" | "exercise">,
	{ role }: { readonly role: readonly Role[] | "anyone" },
): boolean {
	if (role === "anyone") return true;
	return person ? mayAs(person, role) : exercise && role.includes("official");
}

export const CurrentSession = query({
	path: "/api/session",
	about: "Who has signed in at this window.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["session", "dataset"],
	request: nothing,
	answer: Session,
});

/** What became of a sign-in. */
export const SignInAnswer = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("signed-in"), session: Session }),
	/** Name or password is wrong. */
	z.object({ kind: z.literal("refused") }),
	/** Too many failures: try again after so many milliseconds. */
	z.object({ kind: z.literal("wait"), milliseconds: z.number() }),
	/** The hub is away and this workstation does not know the person, or not any more. */
	z.object({ kind: z.literal("unknown-offline") }),
	/** Known, but this is the workstation of a province for which the person does not answer. */
	z.object({ kind: z.literal("elsewhere") }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

export const SignIn = command({
	name: "sign-in",
	about: "Sign in with name and password; offline from what is remembered.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({
		name: z.string().trim().min(1).max(100),
		password: z.string().min(1).max(1000),
	}),
	answer: SignInAnswer,
});

export const TakeRole = command({
	name: "take-role",
	about: "In an exercise: take a role without a password.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ role: TakenRole, scope: Scope }),
	answer: SignInAnswer,
});

export const SignOut = command({
	name: "sign-out",
	about: "Sign out at this window.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: Session,
});
