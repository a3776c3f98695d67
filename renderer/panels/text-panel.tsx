import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

/** What somebody wrote for the room. */
export default function TextPanel({ panel }: PanelProps) {
	return (
		<section className={styles.text} data-testid="text-panel">
			{panel.text.split("\n").map((line, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is its place
				<p key={at}>{line}</p>
			))}
		</section>
	);
}
