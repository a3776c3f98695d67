import { useCallback } from "react";
import { create } from "zustand";
import { useChangeWorkspace, useWorkspace } from "../state/settings.ts";

/** What of the shell is open in this window. */
export const useOpened = create<{
	dialog: "palette" | "keys" | "about" | null;
	/** Why the file of diagnostics, which is asked for in the palette, could not be saved; said in the dialog. */
	notSaved: string | null;
}>()(() => ({ dialog: null, notSaved: null }));

export function openDialog(dialog: "palette" | "keys" | "about" | null): void {
	useOpened.setState({ dialog, notSaved: null });
}

/** Whether the rail shows icons only, and the way to the other; kept in the person's workspace. */
export function useRail(): { narrow: boolean; toggle: () => void } {
	const narrow = useWorkspace("railCollapsed");
	const change = useChangeWorkspace();
	const toggle = useCallback(
		() => change({ railCollapsed: !narrow }),
		[change, narrow],
	);
	return { narrow, toggle };
}
