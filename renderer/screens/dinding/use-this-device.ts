import { DEVICE_ROLES } from "../../../core/access/role.ts";
import { ThisDevice } from "../../../core/api/devices.ts";
import { useAnswer } from "../../state/answers.ts";
import { useSession } from "../../state/session.ts";

/** What this window is to show as a paired device of the network; null: it is none. */
export function useThisDevice(): ThisDevice {
	const { data: session } = useSession();
	const role = session?.person?.role;
	const isOne = role !== undefined && DEVICE_ROLES.includes(role);
	const { data } = useAnswer(ThisDevice, {}, { enabled: isOne });
	return isOne ? (data ?? null) : null;
}
