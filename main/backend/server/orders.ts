import type { z } from "zod";
import { mayAs } from "../../../core/access/person.ts";
import { COMMANDS, type Commands } from "../../../core/api/all.ts";
import { CommandMessage } from "../../../core/api/command-message.ts";
import type { Asked, Command } from "../../../core/api/route.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { Refusal } from "../query/refusal.ts";
import type { Asker } from "./answers.ts";
import { readRequest } from "./parameters.ts";

/** Carries out what belongs to this workstation: one for each command of core/api/all that says "here". */
export type HereCommands = {
	[K in keyof Commands as Commands[K]["whenOffline"] extends "here"
		? K
		: never]: (
		request: Asked<Commands[K]>,
		asker: Asker,
	) => Promise<z.output<Commands[K]["answer"]>>;
};

/**
 * Takes a command of a screen: one of the workstation is carried out and answered, one of the hub is kept in the outbox.
 * @throws Refusal
 */
export async function take(
	body: unknown,
	asker: Asker,
	signedIn: boolean,
	here: HereCommands,
	outbox: Outbox | null,
	now: number,
): Promise<{ status: 200 | 202; answer: unknown }> {
	const read = CommandMessage.safeParse(body);
	if (!read.success)
		throw new Refusal(
			400,
			"command",
			`expected {id, name, basedOn, request} of core/api/command-message: ${read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}`,
		);
	const message = read.data;
	const [key, command] = commandOf(message.name);
	const request = readRequest(command.request, message.request);
	// What anybody may order at a window (sign in, follow a hub) is no device's.
	const named = command.role === "anyone" ? [] : command.role;
	const isOpen = command.role === "anyone" && asker.device === null;
	if (!isOpen && !mayAs(asker.person, named))
		throw new Refusal(
			403,
			"not-allowed",
			`${command.name} asks for one of ${named.join(", ") || "those who sit at a window"}; found ${asker.person.role}`,
		);
	if (command.whenOffline === "here") {
		const perform = here[key as keyof HereCommands] as (
			request: unknown,
			asker: Asker,
		) => Promise<unknown>;
		return { status: 200, answer: await perform(request, asker) };
	}
	if (!signedIn)
		throw new Refusal(
			401,
			"no-person",
			`${command.name}: expected a person who has signed in`,
		);
	if (!outbox)
		throw new Refusal(
			503,
			"no-outbox",
			"this workstation cannot keep commands: its folder cannot be written",
		);
	try {
		outbox.add({ ...message, request: message.request }, asker.person, now);
	} catch (error) {
		throw new Refusal(
			503,
			"no-outbox",
			`this workstation cannot keep the command: ${(error as Error).message}`,
		);
	}
	return { status: 202, answer: { id: message.id } };
}

function commandOf(name: string): [string, Command] {
	const found = Object.entries(COMMANDS).find(
		([, command]) => command.name === name,
	);
	if (!found)
		throw new Refusal(
			400,
			"command",
			`name: found ${JSON.stringify(name)}, expected one of ${Object.values(
				COMMANDS,
			)
				.map((command) => command.name)
				.join(", ")}`,
		);
	return found as unknown as [string, Command];
}
