import type { ReactNode } from "react";

/** A framed part of the screen with a heading, its freshness, and tools. */
export function Panel({
	title,
	subtitle,
	freshness,
	tools,
	children,
	testId,
	className = "",
}: {
	title: string;
	subtitle?: ReactNode;
	freshness?: ReactNode;
	tools?: ReactNode;
	children: ReactNode;
	testId: string;
	className?: string;
}) {
	return (
		<section
			className={`panel ${className}`}
			aria-label={title}
			data-testid={testId}
		>
			<header>
				<h2>{title}</h2>
				{subtitle && <span className="panel-subtitle">{subtitle}</span>}
				<span className="panel-space" />
				{tools}
				{freshness}
			</header>
			<div className="panel-body">{children}</div>
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
		<div className="panel-notice" role={role}>
			<p>{children}</p>
			{action}
		</div>
	);
}
