import { Popover } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { type DraftForm, useDrafts, useOpenBox } from "../../state/drafts.ts";

/** A form in a box of its own, beside the button that opens it. */
export function FormBox({
	form,
	width,
	position,
	opener,
	children,
}: {
	form: DraftForm;
	width: string;
	position: "bottom-start" | "bottom-end";
	/** The button, without what a click does. */
	opener: (click: () => void) => ReactElement;
	children: ReactNode;
}) {
	useOpenBox(form);
	const asking = useDrafts(({ leaving }) => leaving !== null);
	return (
		<Popover
			opened={form.opened}
			onChange={form.close}
			width={width}
			position={position}
			// The question whether to leave stands outside of the box.
			closeOnClickOutside={!asking}
			trapFocus
		>
			<Popover.Target>
				{opener(form.opened ? form.close : form.open)}
			</Popover.Target>
			<Popover.Dropdown>{form.opened && children}</Popover.Dropdown>
		</Popover>
	);
}
