//! The functions of this family. Written by the test `lists_are_current`.

pub mod geo_angle;
pub mod geo_azimuth;
pub mod geo_closest_point_on_line;
pub mod geo_closest_point_on_polygon;
pub mod geo_distance_2points;
pub mod geo_distance_point_to_line;
pub mod geo_distance_point_to_polygon;
pub mod geo_from_wkt;
pub mod geo_geohash_neighbors;
pub mod geo_geohash_to_central_point;
pub mod geo_geohash_to_polygon;
pub mod geo_h3cell_children;
pub mod geo_h3cell_level;
pub mod geo_h3cell_neighbors;
pub mod geo_h3cell_parent;
pub mod geo_h3cell_rings;
pub mod geo_h3cell_to_central_point;
pub mod geo_h3cell_to_polygon;
pub mod geo_intersection_2lines;
pub mod geo_intersection_2polygons;
pub mod geo_intersection_line_with_polygon;
pub mod geo_intersects_2lines;
pub mod geo_intersects_2polygons;
pub mod geo_intersects_line_with_polygon;
pub mod geo_line_buffer;
pub mod geo_line_centroid;
pub mod geo_line_densify;
pub mod geo_line_interpolate_point;
pub mod geo_line_length;
pub mod geo_line_locate_point;
pub mod geo_line_simplify;
pub mod geo_line_to_s2cells;
pub mod geo_point_buffer;
pub mod geo_point_in_circle;
pub mod geo_point_in_polygon;
pub mod geo_point_to_geohash;
pub mod geo_point_to_h3cell;
pub mod geo_point_to_s2cell;
pub mod geo_polygon_area;
pub mod geo_polygon_buffer;
pub mod geo_polygon_centroid;
pub mod geo_polygon_densify;
pub mod geo_polygon_perimeter;
pub mod geo_polygon_simplify;
pub mod geo_polygon_to_h3cells;
pub mod geo_polygon_to_s2cells;
pub mod geo_s2cell_neighbors;
pub mod geo_s2cell_to_central_point;
pub mod geo_s2cell_to_polygon;
pub mod geo_simplify_polygons_array;
pub mod geo_union_lines_array;
pub mod geo_union_polygons_array;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &geo_angle::FUNCTION,
    &geo_azimuth::FUNCTION,
    &geo_closest_point_on_line::FUNCTION,
    &geo_closest_point_on_polygon::FUNCTION,
    &geo_distance_2points::FUNCTION,
    &geo_distance_point_to_line::FUNCTION,
    &geo_distance_point_to_polygon::FUNCTION,
    &geo_from_wkt::FUNCTION,
    &geo_geohash_neighbors::FUNCTION,
    &geo_geohash_to_central_point::FUNCTION,
    &geo_geohash_to_polygon::FUNCTION,
    &geo_h3cell_children::FUNCTION,
    &geo_h3cell_level::FUNCTION,
    &geo_h3cell_neighbors::FUNCTION,
    &geo_h3cell_parent::FUNCTION,
    &geo_h3cell_rings::FUNCTION,
    &geo_h3cell_to_central_point::FUNCTION,
    &geo_h3cell_to_polygon::FUNCTION,
    &geo_intersection_2lines::FUNCTION,
    &geo_intersection_2polygons::FUNCTION,
    &geo_intersection_line_with_polygon::FUNCTION,
    &geo_intersects_2lines::FUNCTION,
    &geo_intersects_2polygons::FUNCTION,
    &geo_intersects_line_with_polygon::FUNCTION,
    &geo_line_buffer::FUNCTION,
    &geo_line_centroid::FUNCTION,
    &geo_line_densify::FUNCTION,
    &geo_line_interpolate_point::FUNCTION,
    &geo_line_length::FUNCTION,
    &geo_line_locate_point::FUNCTION,
    &geo_line_simplify::FUNCTION,
    &geo_line_to_s2cells::FUNCTION,
    &geo_point_buffer::FUNCTION,
    &geo_point_in_circle::FUNCTION,
    &geo_point_in_polygon::FUNCTION,
    &geo_point_to_geohash::FUNCTION,
    &geo_point_to_h3cell::FUNCTION,
    &geo_point_to_s2cell::FUNCTION,
    &geo_polygon_area::FUNCTION,
    &geo_polygon_buffer::FUNCTION,
    &geo_polygon_centroid::FUNCTION,
    &geo_polygon_densify::FUNCTION,
    &geo_polygon_perimeter::FUNCTION,
    &geo_polygon_simplify::FUNCTION,
    &geo_polygon_to_h3cells::FUNCTION,
    &geo_polygon_to_s2cells::FUNCTION,
    &geo_s2cell_neighbors::FUNCTION,
    &geo_s2cell_to_central_point::FUNCTION,
    &geo_s2cell_to_polygon::FUNCTION,
    &geo_simplify_polygons_array::FUNCTION,
    &geo_union_lines_array::FUNCTION,
    &geo_union_polygons_array::FUNCTION,
];
