import { SituationView } from "./screens/situasi/situation-view.tsx";
import { FirstStart } from "./shell/first-start.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { useConnection } from "./state/connection.ts";
import { useSession } from "./state/session.ts";
import { useAddress } from "./state/use-address.ts";

export function App() {
	useAddress();
	const dataset = useConnection((connection) => connection.state?.dataset);
	const { data: session } = useSession();
	if (!dataset || !session) return <FirstStart />;
	// The hub and the backend decide what is answered; this only asks for what they ask for.
	if (!session.person && !session.exercise) return <SignIn />;
	return <SituationView dataset={dataset} />;
}
