import { Button } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./banner.module.css";

/** What a person can do about a banner. */
export interface BannerAction {
	label: string;
	act: () => void;
}

/** One line below the head that must be read before any number is believed, with what can be done about it. */
export function Banner({
	kind,
	role,
	icon: Icon,
	testId,
	actions = [],
	children,
}: {
	kind: "stale" | "known" | "error";
	/** "alert": it came by itself and is read aloud at once; "status": the person asked for it. */
	role: "alert" | "status";
	icon: LucideIcon;
	testId: string;
	actions?: readonly BannerAction[];
	children: ReactNode;
}) {
	return (
		<div
			className={styles.banner}
			data-kind={kind}
			role={role}
			data-testid={testId}
		>
			<Icon size="1.2em" aria-hidden />
			<div className={styles.detail}>{children}</div>
			{actions.map(({ label, act }) => (
				<Button
					key={label}
					size="compact-sm"
					variant="white"
					color="dark"
					onClick={act}
				>
					{label}
				</Button>
			))}
		</div>
	);
}
