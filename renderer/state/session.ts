import { mayAs } from "../../core/access/person.ts";
import { COMMANDS, QUERIES } from "../../core/api/all.ts";
import type { Command } from "../../core/api/route.ts";
import { useAnswer, useCommand } from "./answers.ts";

/** Who sits at this window. */
export function useSession() {
	return useAnswer(QUERIES.session, {}, { keepLast: true });
}

export const useSignIn = () => useCommand(COMMANDS.signIn);
export const useTakeRole = () => useCommand(COMMANDS.takeRole);
export const useSignOut = () => useCommand(COMMANDS.signOut);

/** Whether who sits here may order something. The hub decides; this only says what need not be offered. */
export function useMay(command: Command): boolean {
	const { data } = useSession();
	if (command.role === "anyone") return true;
	return data?.person ? mayAs(data.person, command.role) : false;
}
