import { useMutation, useQueryClient } from "@tanstack/react-query";
import { mayAs } from "../../core/access/person.ts";
import type { Asked, Command } from "../../core/api/route.ts";
import {
	CurrentSession,
	SignIn,
	SignOut,
	TakeRole,
} from "../../core/api/session.ts";
import { useAnswer } from "./answers.ts";
import { orderSeat } from "./seat-anew.ts";

/** Who sits at this window. */
export function useSession() {
	return useAnswer(CurrentSession, {}, { keepLast: true });
}

/** Orders that somebody else sits here, or nobody. */
function useSeat<C extends Command>(command: C) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (asked: Asked<C>) => orderSeat(queries, command, asked),
	});
}

export const useSignIn = () => useSeat(SignIn);
export const useTakeRole = () => useSeat(TakeRole);
export const useSignOut = () => useSeat(SignOut);

/** Whether who sits here may order something. The hub decides; this only says what need not be offered. */
export function useMay(command: Command): boolean {
	const { data } = useSession();
	if (command.role === "anyone") return true;
	return data?.person ? mayAs(data.person, command.role) : false;
}
