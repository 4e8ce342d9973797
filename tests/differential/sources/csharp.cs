using System;
using System.Collections.Generic;
using System.Linq;

namespace Shop
{
    public class Item
    {
        public string Name { get; set; }
        public int Price { get; private set; }

        public Item(string name, int price)
        {
            Name = name;
            Price = Math.Max(0, price);
        }
    }

    public static class Program
    {
        private static readonly List<Item> Items = new List<Item>();

        public static int Total(Item first)
        {
            if (first == null) return 0;
            var sum = first.Price;
            foreach (var item in Items.Where(i => i.Name == null || i.Price > 1))
            {
                sum += item.Price;
            }
            return sum;
        }

        public static void Main(string[] args)
        {
            Items.Add(new Item("tea", 3));
            var text = string.Format("{0}: {1}", args.Length, Total(Items[0]));
            Console.WriteLine(text);
        }
    }
}
