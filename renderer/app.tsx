import { useConnection } from "./state/connection.ts";
import { useAddress } from "./state/use-address.ts";
import { FirstStart } from "./ui/first-start.tsx";
import { SituationView } from "./views/situation/situation-view.tsx";

export function App() {
	useAddress();
	const dataset = useConnection((connection) => connection.state?.dataset);
	return dataset ? <SituationView dataset={dataset} /> : <FirstStart />;
}
