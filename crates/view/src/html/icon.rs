//! Icons as small SVG pictures. Each has a shape of its own and a title: its colour alone tells nothing.

use super::colour::colour_class;
use super::text::element_text;
use crate::icon::Icon;

/// The shapes by name: a ground in the icon's colour, and lines on it. `ground` is empty where the lines themselves
/// have the colour. In a box of 16 by 16 units.
const SHAPES: [(&str, &str, &str); 18] = [
    ("success", CIRCLE, "M4.5 8.2l2.4 2.4 4.6-4.8"),
    ("info", CIRCLE, "M8 7.2v4.3M8 4.4v.4"),
    ("warning", "M8 1.2L15.3 14.5H.7z", "M8 6v4M8 12v.3"),
    ("error", CIRCLE, "M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4"),
    ("critical", "M4.9.8h6.2l4.1 4.1v6.2l-4.1 4.1H4.9L.8 11.1V4.9z", "M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4"),
    ("pending", CIRCLE, "M4.6 8h.1M8 8h.1M11.4 8h.1"),
    ("stopped", "M2 2h12v12H2z", "M5.5 5.5h5v5h-5z"),
    ("cancelled", "", "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM3.8 3.8l8.4 8.4"),
    ("disabled", "", "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z"),
    ("started", CIRCLE, "M6.2 4.8v6.4L11.4 8z"),
    ("resource", "M8 .8L15.2 8 8 15.2.8 8z", "M5.5 8h5"),
    ("unknown", CIRCLE, "M6 6.3a2 2 0 1 1 2.9 1.8c-.7.4-.9.7-.9 1.3M8 11.8v.2"),
    ("up", "", "M8 13.5v-11M3.8 6.7L8 2.5l4.2 4.2"),
    ("down", "", "M8 2.5v11M3.8 9.3L8 13.5l4.2-4.2"),
    ("left", "", "M13.5 8h-11M6.7 3.8L2.5 8l4.2 4.2"),
    ("right", "", "M2.5 8h11M9.3 3.8L13.5 8l-4.2 4.2"),
    ("trend up", "", "M1.5 12l4-4 3 3 5.5-6.5M10 4.5h4v4"),
    ("trend down", "", "M1.5 4l4 4 3-3 5.5 6.5M10 11.5h4v-4"),
];

/// A disc as a path.
const CIRCLE: &str = "M15 8A7 7 0 1 1 1 8a7 7 0 0 1 14 0z";

/// The icon; one without a shape here is drawn as its glyph.
pub fn icon_svg(icon: &Icon) -> String {
    let (name, class) = (element_text(icon.name), colour_class(icon.colour));
    let Some((_, ground, lines)) = SHAPES.iter().find(|(name, _, _)| *name == icon.name) else {
        let glyph = element_text(icon.glyph);
        return format!("<span class=\"ink {class}\" role=\"img\" aria-label=\"{name}\">{glyph}</span>");
    };
    let drawn = if ground.is_empty() {
        format!("<path class=\"line\" d=\"{lines}\"/>")
    } else {
        format!("<path class=\"fill\" d=\"{ground}\"/><path class=\"on\" d=\"{lines}\"/>")
    };
    format!(
        "<svg class=\"icon {class}\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" role=\"img\">\
         <title>{name}</title>{drawn}</svg>"
    )
}

/// The icon of a kind of message (`info`, `success`, `warning`, `error`); nothing for others.
pub fn sign_svg(kind: &str) -> String {
    let known = ["info", "success", "warning", "error"].contains(&kind);
    known.then(|| Icon::from_name(kind)).flatten().map_or_else(String::new, |icon| icon_svg(&icon) + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn_with_its_name() {
        for name in ["success", "1", "2", "3", "4", "pending", "stopped", "cancelled", "disabled", "unknown"]
        {
            let icon = Icon::from_name(name).unwrap();
            let svg = icon_svg(&icon);
            assert!(
                svg.starts_with("<svg") && svg.contains(&format!("<title>{}</title>", icon.name)),
                "{svg}"
            );
        }
        assert!(icon_svg(&Icon::from_name("more").unwrap()).contains("aria-label=\"more\">⋯</span>"));
        assert_eq!(sign_svg("upsell"), "");
        assert_eq!(sign_svg("3"), "");
    }
}
