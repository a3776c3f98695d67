import { useLastAddress } from "./navigation/last-address.ts";
import { FirstStart } from "./shell/first-start.tsx";
import { Frame } from "./shell/frame.tsx";
import { Boundary } from "./shell/screen-host.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { useConnection } from "./state/connection.ts";
import { useAwake } from "./state/desktop.ts";
import { useSession } from "./state/session.ts";
import { useWall } from "./state/wall.ts";

export function App() {
	return (
		<>
			<LastAddress />
			<AwakeWall />
			<House />
		</>
	);
}

/** Keeps where the person is; by itself, since what it hears when it has been kept changes nothing that is drawn. */
function LastAddress() {
	useLastAddress();
	return null;
}

/** A wall must not go dark, with figures or before there are any. */
function AwakeWall() {
	useAwake(useWall());
	return null;
}

function House() {
	const dataset = useConnection((connection) => connection.state?.dataset);
	const revoked = useConnection((connection) => connection.revoked);
	const { data: session } = useSession();
	// Nothing that was shown stays.
	if (revoked || !dataset || !session) return <FirstStart />;
	// The hub and the backend decide what is answered; this only asks for what they ask for.
	if (!session.person && !session.exercise) return <SignIn />;
	return (
		<Boundary>
			<Frame dataset={dataset} />
		</Boundary>
	);
}
