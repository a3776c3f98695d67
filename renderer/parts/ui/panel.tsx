import type { ReactNode } from "react";
import type { Term } from "../../../core/dictionary/entry.ts";
import type { PanelKind } from "../../../core/wall/scene.ts";
import { MeaningButton } from "./meaning-button.tsx";
import styles from "./panel.module.css";
import { PinMenu } from "./pin-menu.tsx";

/** A framed part of the screen with a heading, its freshness, and tools. */
export function Panel({
	title,
	subtitle,
	freshness,
	tools,
	children,
	testId,
	className = "",
	pin,
	means,
}: {
	title: string;
	subtitle?: ReactNode;
	freshness?: ReactNode;
	tools?: ReactNode;
	children: ReactNode;
	testId: string;
	className?: string;
	/** As what it can be pinned to a scene of the walls. */
	pin?: { kind: PanelKind; what: string } | undefined;
	/** The term of the dictionary that it is about, with its name: what that means is one click away. */
	means?: { term: Term; name: string };
}) {
	return (
		<section
			className={`${styles.panel} ${className}`}
			aria-label={title}
			data-testid={testId}
		>
			<header>
				<h2>{title}</h2>
				{means && <MeaningButton {...means} />}
				{subtitle && <span className={styles.subtitle}>{subtitle}</span>}
				<Space />
				{tools}
				{(freshness || pin) && (
					<span className={styles.end}>
						{freshness}
						{pin && <PinMenu {...pin} />}
					</span>
				)}
			</header>
			<div className={styles.body}>{children}</div>
		</section>
	);
}

/** Takes the room that is left in a row: what follows stands at its end. */
export function Space() {
	return <span className={styles.space} />;
}

/** The place of a panel whose code has not come yet. */
export function ComingPanel({
	children,
	className = "",
}: {
	children: ReactNode;
	className?: string;
}) {
	return (
		<section className={`${styles.panel} ${className}`}>
			<PanelNotice>{children}</PanelNotice>
		</section>
	);
}

/** Said where a panel has nothing to draw: loading, empty, or failed with a way on. */
export function PanelNotice({
	children,
	action,
	role = "status",
}: {
	children: ReactNode;
	action?: ReactNode;
	role?: "status" | "alert";
}) {
	return (
		<div className={styles.notice} role={role}>
			<p>{children}</p>
			{action}
		</div>
	);
}
