import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { Component, type ReactNode, useMemo, useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import type { ScreenProps } from "../navigation/screen-props.ts";
import { fetched } from "../parts/ui/fetched.tsx";
import { PanelNotice } from "../parts/ui/panel.tsx";
import type { Screen } from "../screens/all.ts";
import frame from "./frame.module.css";
import styles from "./screen-host.module.css";

/** A screen in its own frame: fetched when it is opened, and if it fails it says so there, while everything around it lives. */
export function ScreenHost({
	screen,
	...props
}: ScreenProps & { screen: Screen }) {
	const { t } = useLanguage();
	const [attempt, setAttempt] = useState(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another attempt fetches again what could not be fetched
	const Content = useMemo(() => fetched(screen.load), [screen, attempt]);
	return (
		<Boundary key={screen.key} again={() => setAttempt((made) => made + 1)}>
			<Content
				waiting={
					<main className={frame.notice}>
						<PanelNotice>{t("app.loading")}</PanelNotice>
					</main>
				}
				{...props}
			/>
		</Boundary>
	);
}

function ScreenFailed({ error, retry }: { error: Error; retry: () => void }) {
	const { t } = useLanguage();
	return (
		<main className={styles.failed} data-testid="screen-failed">
			<div role="alert">
				<CircleAlert size="2em" aria-hidden />
				<h2>{t("screenFailed.title")}</h2>
				<p>{t("screenFailed.text")}</p>
			</div>
			<div className="row">
				<Button onClick={retry}>{t("app.retry")}</Button>
				<Button variant="default" onClick={() => window.location.reload()}>
					{t("screenFailed.reload")}
				</Button>
			</div>
			<small className="muted">{error.message}</small>
		</main>
	);
}

interface BoundaryProps {
	/** Called before what failed is drawn again. */
	again?: () => void;
	children: ReactNode;
}

/** Keeps a failure to what is inside: it is told there, with what to do now. */
export class Boundary extends Component<
	BoundaryProps,
	{ error: Error | null }
> {
	override state: { error: Error | null } = { error: null };

	static getDerivedStateFromError(reason: unknown) {
		return {
			error: reason instanceof Error ? reason : new Error(String(reason)),
		};
	}

	override render() {
		const { error } = this.state;
		if (!error) return this.props.children;
		const retry = () => {
			this.props.again?.();
			this.setState({ error: null });
		};
		return <ScreenFailed error={error} retry={retry} />;
	}
}
