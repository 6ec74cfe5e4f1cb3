// Localization owns every sentence a person reads, once per language, as typed functions, and the choice of a language.
//
// It does not own: markup, layout, or which sentence is said when.
