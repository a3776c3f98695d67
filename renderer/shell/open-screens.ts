import { useMemo } from "react";
import { mayAt } from "../../core/api/session.ts";
import { SCREENS, type Screen } from "../screens/all.ts";
import { useSession } from "../state/session.ts";

/** The screens that whoever sits here may open, in the order of the rail: what rail, palette and list of keys offer. */
export function useOpenScreens(): readonly Screen[] {
	const { data: session } = useSession();
	return useMemo(
		() => SCREENS.filter((screen) => session && mayAt(session, screen)),
		[session],
	);
}
