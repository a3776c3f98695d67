import { useConnection } from "./state/connection.ts";
import { useSession } from "./state/session.ts";
import { useAddress } from "./state/use-address.ts";
import { FirstStart } from "./ui/first-start.tsx";
import { SignIn } from "./ui/sign-in.tsx";
import { SituationView } from "./views/situation/situation-view.tsx";

export function App() {
	useAddress();
	const dataset = useConnection((connection) => connection.state?.dataset);
	const { data: session } = useSession();
	if (!dataset || !session) return <FirstStart />;
	// The hub and the backend decide what is answered; this only asks for what they ask for.
	if (!session.person && !session.exercise) return <SignIn />;
	return <SituationView dataset={dataset} />;
}
